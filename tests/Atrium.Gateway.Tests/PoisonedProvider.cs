using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>A provider that says the caller's key back wherever it can, sends callers elsewhere, and never stops talking.</summary>
internal sealed class PoisonedProvider : IAsyncDisposable
{
    private readonly WebApplication app;

    private PoisonedProvider(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>Echoes the key in lists and errors.</summary>
    public string Echo => Address + "echo";

    /// <summary>Sends every call elsewhere.</summary>
    public string Redirect => Address + "redirect";

    /// <summary>A list of models without end.</summary>
    public string Endless => Address + "endless";

    public static async Task<PoisonedProvider> StartAsync(string elsewhere)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/echo/models", ListAsync);
        app.MapPost("/echo/chat/completions", RefuseAsync);
        app.Map("/redirect/{**rest}", http =>
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = elsewhere + "/" + http.Request.RouteValues["rest"];
            return Task.CompletedTask;
        });
        app.MapGet("/endless/models", EndlessAsync);
        await app.StartAsync();
        return new PoisonedProvider(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping at once is what was asked for.
        }
        await app.DisposeAsync();
    }

    private static string KeyOf(HttpContext http) => http.Request.Headers.Authorization.ToString()["Bearer ".Length..];

    private static Task ListAsync(HttpContext http)
    {
        var key = KeyOf(http);
        var ids = new[] { "good", key, "prefix/" + key, key + ":suffix", Convert.ToBase64String(Encoding.UTF8.GetBytes(key)), "line\nend", new string('x', 300), "https://elsewhere.example/v1" }
            .Concat(Enumerable.Range(0, 3_000).Select(number => "model-" + number));
        return http.Response.WriteAsync(JsonSerializer.Serialize(new { data = ids.Select(id => new { id, name = key, description = key }), baseUrl = "https://elsewhere.example" }), http.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext http)
    {
        var key = KeyOf(http);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers["x-request-id"] = key;
        http.Response.Headers["x-your-key"] = key;
        var message = $"Incorrect API key provided: {key}, {Convert.ToBase64String(Encoding.UTF8.GetBytes(key))}, {Uri.EscapeDataString(key)}, {key.ToUpperInvariant()}";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { message, code = key, type = key, param = key } }), http.RequestAborted);
    }

    private static async Task EndlessAsync(HttpContext http)
    {
        await http.Response.WriteAsync("{\"data\":[", http.RequestAborted);
        var piece = string.Concat(Enumerable.Repeat("{\"id\":\"model\"},", 4_000));
        while (!http.RequestAborted.IsCancellationRequested)
            await http.Response.WriteAsync(piece, http.RequestAborted);
    }
}
