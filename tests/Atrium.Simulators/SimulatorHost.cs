using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atrium.Simulators.AnthropicMessages;
using Atrium.Simulators.AzureOpenAi;
using Atrium.Simulators.BedrockConverse;
using Atrium.Simulators.CohereChat;
using Atrium.Simulators.GeminiGenerateContent;
using Atrium.Simulators.OciGenAiChat;
using Atrium.Simulators.OllamaChat;
using Atrium.Simulators.OpenAiChat;
using Atrium.Simulators.ReplicatePredictions;
using Atrium.Simulators.WatsonxChat;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Atrium.Simulators;

/// <summary>Fake AI providers behind one port of this machine, inside this process.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The profiles by the name of their dialect: where each is mounted, and how.</summary>
    private static readonly Dictionary<string, (string Base, Action<WebApplication, Simulation> Map)> Profiles = new(StringComparer.Ordinal)
    {
        ["openai-chat"] = ("/v1", OpenAiChatProfile.Map),
        ["anthropic-messages"] = (AnthropicProfile.Root + "/v1", AnthropicProfile.Map),
        ["gemini-generatecontent"] = (GeminiProfile.Root + "/v1beta", GeminiProfile.Map),
        ["ollama-chat"] = (OllamaProfile.Root, OllamaProfile.Map),
        ["azure-openai"] = (AzureOpenAiProfile.Root, AzureOpenAiProfile.Map),
        ["bedrock-converse"] = (BedrockProfile.Root, BedrockProfile.Map),
        ["cohere-v2-chat"] = (CohereProfile.Root, CohereProfile.Map),
        ["oci-genai-chat"] = (OciProfile.Root, OciProfile.Map),
        ["replicate-predictions"] = (ReplicateProfile.Root + "/v1", ReplicateProfile.Map),
        ["watsonx-chat"] = (WatsonxProfile.Root, WatsonxProfile.Map),
    };

    private readonly WebApplication _app;
    private bool _isDisposed;

    private SimulatorHost(WebApplication app, Simulation simulation)
    {
        _app = app;
        Simulation = simulation;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }

    /// <summary>Replies to come and requests that came.</summary>
    public Simulation Simulation { get; }

    /// <summary>The root, e.g. <c>http://127.0.0.1:41234</c>.</summary>
    public Uri Address { get; }

    /// <summary>Base address of the openai-chat profile, e.g. <c>http://127.0.0.1:41234/v1</c>.</summary>
    public string OpenAiBaseUrl => BaseUrlOf("openai-chat");

    /// <summary>Base address of the anthropic-messages profile.</summary>
    public string AnthropicBaseUrl => BaseUrlOf("anthropic-messages");

    /// <summary>Base address of the gemini-generatecontent profile.</summary>
    public string GeminiBaseUrl => BaseUrlOf("gemini-generatecontent");

    /// <summary>Base address of the ollama-chat profile.</summary>
    public string OllamaBaseUrl => BaseUrlOf("ollama-chat");

    /// <summary>Base address of the profile that speaks a dialect of the catalogue.</summary>
    public string BaseUrlOf(string dialect) => new Uri(Address, Profiles[dialect].Base).AbsoluteUri;

    /// <summary>Starts on a port of loopback; 0 takes a free one.</summary>
    public static async Task<SimulatorHost> StartAsync(int port = 0, Simulation? simulation = null, CancellationToken cancellation = default)
    {
        simulation ??= new Simulation();
        // Built empty: neither the environment nor the arguments of the process may change where it listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, EndsWithItsOwner>();
        var app = builder.Build();
        app.UseRouting();
        app.Use((http, next) => RecordAsync(http, next, simulation));
        MapScript(app, simulation);
        foreach (var (_, map) in Profiles.Values)
            map(app, simulation);
        await app.StartAsync(cancellation);
        return new SimulatorHost(app, simulation);
    }

    /// <summary>Stops at once; open streams are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping at once is what was asked for.
        }
        await _app.DisposeAsync();
    }

    /// <summary>A guest in a test's process leaves that process's signals alone.</summary>
    private sealed class EndsWithItsOwner : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static async Task RecordAsync(HttpContext http, RequestDelegate next, Simulation simulation)
    {
        if (http.Request.Path.StartsWithSegments("/_script", StringComparison.Ordinal) || http.Request.Path.StartsWithSegments("/_requests", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        http.Request.EnableBuffering();
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        http.Request.Body.Position = 0;
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var recorded = new RecordedRequest(http.Request.Method, http.Request.Path + http.Request.QueryString, headers, body);
        http.Items[nameof(RecordedRequest)] = recorded;
        simulation.Record(recorded);
        await using var closed = http.RequestAborted.Register(() => recorded.End(RequestEnd.ClosedByClient));
        try
        {
            await next(http);
            // A fault that waits for the client to go away returns normally, too.
            recorded.End(http.RequestAborted.IsCancellationRequested ? RequestEnd.ClosedByClient : RequestEnd.Answered);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            recorded.End(RequestEnd.ClosedByClient);
        }
    }

    private static void MapScript(WebApplication app, Simulation simulation)
    {
        app.MapPost("/_script", async http =>
        {
            try
            {
                var replies = await JsonSerializer.DeserializeAsync<List<Reply>>(http.Request.Body, Json, http.RequestAborted) ?? [];
                simulation.Enqueue(replies);
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            }
            catch (JsonException wrong)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await http.Response.WriteAsync(wrong.Message, http.RequestAborted);
            }
        });
        app.MapDelete("/_script", http =>
        {
            simulation.Clear();
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        app.MapGet("/_requests", http => http.Response.WriteAsJsonAsync(simulation.Requests.Select(request => new
        {
            request.Method,
            request.Path,
            request.Headers,
            request.Body,
            Ended = request.Ended.IsCompletedSuccessfully ? request.Ended.GetAwaiter().GetResult().ToString() : null,
        }), http.RequestAborted));
    }
}
