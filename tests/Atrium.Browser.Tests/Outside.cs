using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Browser.Tests;

/// <summary>Another origin on this machine that notes whoever connects to it, with or without a request.</summary>
internal sealed class Outside : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> visits = new();

    private Outside(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>A line for each connection, and one for each request.</summary>
    public IReadOnlyCollection<string> Visits => visits;

    public static async Task<Outside> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Outside? outside = null;
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => connection =>
        {
            outside!.visits.Enqueue("connection");
            return next(connection);
        })));
        outside = new Outside(builder.Build());
        outside.app.Run(http =>
        {
            outside.visits.Enqueue($"{http.Request.Method} {http.Request.Path}");
            return Task.CompletedTask;
        });
        await outside.app.StartAsync();
        outside.Address = new Uri(outside.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return outside;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
