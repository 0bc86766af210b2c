using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Browser.Tests;

/// <summary>An Ollama on this computer as a page sees it: its origin rule, its list of models, its stream of JSON lines.</summary>
internal sealed class FakeOllama : IAsyncDisposable
{
    /// <summary>Where Ollama always listens.</summary>
    public const int Port = 11434;

    private readonly WebApplication app;

    private FakeOllama(WebApplication app) => this.app = app;

    /// <summary>Whether it lets the page ask. Refused, it answers 403 without a word that a page could read.</summary>
    public bool AllowsOrigin { get; set; } = true;

    /// <summary>The words of its next answer, one line each.</summary>
    public IReadOnlyList<string> Words { get; set; } = ["Load ", "the ", "lower ", "shelf ", "first."];

    /// <summary>Where set, an answer stops before its last word until this is released.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>The last question as it came.</summary>
    public JsonElement LastQuestion { get; private set; }

    public static bool IsPortFree()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static async Task<FakeOllama> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port));
        builder.Services.AddRouting();
        var app = builder.Build();
        var ollama = new FakeOllama(app);
        app.Use(ollama.CheckOriginAsync);
        app.UseRouting();
        app.MapGet("/", () => "Ollama is running");
        app.MapGet("/api/tags", () => Results.Content("""{"models":[{"name":"llama3.2:3b","details":{"parameter_size":"3.2B"}},{"name":"gpt-oss:120b-cloud","remote_host":"https://ollama.com:443","details":{"parameter_size":"116.8B"}}]}""", "application/json"));
        app.MapPost("/api/show", () => Results.Content("""{"model_info":{"general.architecture":"llama","llama.context_length":131072}}""", "application/json"));
        app.MapPost("/api/chat", ollama.AnswerAsync);
        await app.StartAsync();
        return ollama;
    }

    public async ValueTask DisposeAsync()
    {
        Hold?.TrySetResult();
        await app.DisposeAsync();
    }

    private Task CheckOriginAsync(HttpContext http, RequestDelegate next)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && !AllowsOrigin)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }
        if (origin.Length > 0)
            http.Response.Headers.AccessControlAllowOrigin = origin;
        if (!HttpMethods.IsOptions(http.Request.Method))
            return next(http);
        http.Response.Headers.AccessControlAllowHeaders = "Content-Type";
        http.Response.Headers.AccessControlAllowMethods = "GET, POST";
        http.Response.Headers["Access-Control-Allow-Private-Network"] = "true";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        LastQuestion = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: http.RequestAborted);
        http.Response.ContentType = "application/x-ndjson";
        foreach (var word in Words)
        {
            if (ReferenceEquals(word, Words[^1]) && Hold is { } hold)
                await hold.Task.WaitAsync(http.RequestAborted);
            await WriteAsync(http, new { model = "llama3.2:3b", message = new { role = "assistant", content = word }, done = false });
        }
        await WriteAsync(http, new { model = "llama3.2:3b", message = new { role = "assistant", content = "" }, done = true, done_reason = "stop", prompt_eval_count = 31, eval_count = Words.Count });
    }

    private static async Task WriteAsync(HttpContext http, object line)
    {
        await http.Response.WriteAsync(JsonSerializer.Serialize(line) + "\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
