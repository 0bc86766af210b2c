using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.OllamaChat;

/// <summary>A service that speaks Ollama's chat: answers, streams, thoughts, tools, pictures in, installed and cloud models, and errors.</summary>
internal static class OllamaProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/ollama";

    private static readonly OllamaWire Wire = new();

    private static readonly (string Name, string Family, string[] Capabilities)[] Models =
    [
        ("sim-fast", "llama", ["completion", "tools"]),
        ("sim-reasoner", "gptoss", ["completion", "tools", "thinking"]),
        ("sim-vision", "gemma3", ["completion", "vision"]),
        ("sim-cloud:120b-cloud", "gptoss", ["completion", "tools", "thinking"]),
        ("sim-embedding", "nomic-bert", ["embedding"]),
    ];

    public static void Map(WebApplication app, Simulation simulation)
    {
        var group = app.MapGroup(Root);
        group.MapGet("/", http => http.Response.WriteAsync("Ollama is running", http.RequestAborted));
        group.MapGet("/api/version", http => WriteAsync(http, new JsonObject { ["version"] = "0.0.0-simulated" }));
        // Anybody may read the list, as at the real cloud.
        group.MapGet("/api/tags", http => WriteAsync(http, new JsonObject { ["models"] = new JsonArray([.. Models.Select(Model)]) }));
        group.MapPost("/api/embed", http => ChatExchange.WithKeyAsync(http, Wire, () => EmbedAsync(http)));
        group.MapPost("/api/chat", http => ChatExchange.WithKeyAsync(http, Wire, () => ChatExchange.AnswerAsync(http, Wire, simulation)));
    }

    private static async Task EmbedAsync(HttpContext http)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var texts = ChatRequest.Items(json.RootElement, "input").Select(text => text.GetString()!).ToList();
        await WriteAsync(http, new JsonObject
        {
            ["model"] = ChatRequest.Text(json.RootElement, "model"),
            ["embeddings"] = new JsonArray([.. texts.Select(Vectors.Json)]),
            ["prompt_eval_count"] = texts.Sum(AnswerContent.Tokens),
        });
    }

    private static JsonObject Model((string Name, string Family, string[] Capabilities) model) => new()
    {
        ["name"] = model.Name,
        ["model"] = model.Name,
        ["modified_at"] = "2026-01-01T00:00:00Z",
        ["size"] = 1_000_000_000,
        ["digest"] = "simulated",
        ["details"] = new JsonObject { ["format"] = "gguf", ["family"] = model.Family, ["parameter_size"] = "3B", ["quantization_level"] = "Q4_K_M" },
        ["capabilities"] = new JsonArray([.. model.Capabilities.Select(word => JsonValue.Create(word))]),
    };

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
