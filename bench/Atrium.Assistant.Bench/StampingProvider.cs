using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Atrium.Assistant.Bench;

/// <summary>
/// An openai-chat provider whose every token is the time at which it was sent, in this process's ticks. A question may begin with the time at
/// which it was asked; then the first token says how long the question was on its way.
/// </summary>
internal sealed class StampingProvider(WebApplication app, Uri address) : IAsyncDisposable
{
    public Uri Address => address;

    public static async Task<StampingProvider> StartAsync(int port, int tokens, double perSecond)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRouting();
        var app = builder.Build();
        app.UseRouting();
        app.MapPost("/v1/chat/completions", http => AnswerAsync(http, tokens, perSecond));
        await app.StartAsync();
        return new StampingProvider(app, new Uri($"http://127.0.0.1:{port}"));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext http, int tokens, double perSecond)
    {
        var arrived = Stopwatch.GetTimestamp();
        http.Response.ContentType = "text/event-stream";
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        for (var token = 0; token < tokens; token++)
        {
            await pace.WaitForNextTickAsync(http.RequestAborted);
            // The first token also carries when the question arrived.
            var text = token == 0 ? $"{arrived}@{Stopwatch.GetTimestamp()} " : $"{Stopwatch.GetTimestamp()} ";
            await WriteAsync(http, $$$"""{"id":"s","object":"chat.completion.chunk","model":"stamps","choices":[{"index":0,"delta":{"content":"{{{text}}}"}}]}""");
        }
        await WriteAsync(http, """{"id":"s","object":"chat.completion.chunk","model":"stamps","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""");
        await WriteAsync(http, "[DONE]");
    }

    private static async Task WriteAsync(HttpContext http, string data)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
