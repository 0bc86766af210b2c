using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.OpenAiChat;

/// <summary>A service that speaks chat completions: chat, streams, tools, pictures in, models, embeddings, pictures out, and its errors.</summary>
internal static class OpenAiChatProfile
{
    private static readonly OpenAiWire Wire = new();

    private static readonly string[] Models = ["sim-fast", "sim-reasoner", "sim-vision", "sim-embedding", "sim-image"];

    public static void Map(WebApplication app, Simulation simulation)
    {
        var group = app.MapGroup("/v1");
        group.MapGet("/models", http => WithKeyAsync(http, () => ListModelsAsync(http)));
        group.MapGet("/models/{**id}", http => WithKeyAsync(http, () => GetModelAsync(http)));
        group.MapGet("/key", http => WithKeyAsync(http, () => WriteAsync(http, new JsonObject { ["data"] = new JsonObject { ["limit_remaining"] = 1 } })));
        group.MapPost("/chat/completions", http => WithKeyAsync(http, () => ChatExchange.AnswerAsync(http, Wire, simulation)));
        group.MapPost("/embeddings", http => WithKeyAsync(http, () => EmbedAsync(http, simulation)));
        group.MapPost("/images/generations", http => WithKeyAsync(http, () => DrawAsync(http, simulation)));
    }

    public static async Task DrawAsync(HttpContext http, Simulation simulation)
    {
        if (await Media.ReadAsync(http, Wire, simulation, "prompt") is not { } root)
            return;
        var count = ChatRequest.Number(root, "n") ?? 1;
        await WriteAsync(http, new JsonObject
        {
            ["created"] = Now(simulation),
            ["data"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => new JsonObject { ["b64_json"] = Samples.OnePixel })]),
            ["usage"] = new JsonObject { ["input_tokens"] = 5, ["output_tokens"] = 100 * count, ["total_tokens"] = 5 + (100 * count) },
        });
    }

    private static Task WithKeyAsync(HttpContext http, Func<Task> answer)
    {
        http.Response.Headers["x-request-id"] = http.TraceIdentifier;
        return ChatExchange.WithKeyAsync(http, Wire, answer);
    }

    private static Task ListModelsAsync(HttpContext http) => WriteAsync(http, new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. Models.Select(Model)]),
    });

    private static Task GetModelAsync(HttpContext http)
    {
        var id = (string?)http.Request.RouteValues["id"];
        return Models.Contains(id) ? WriteAsync(http, Model(id!)) : OpenAiErrors.WriteAsync(http, Fault.ModelNotFound, new Reply(), id);
    }

    private static JsonObject Model(string id) => new()
    {
        ["id"] = id,
        ["object"] = "model",
        ["created"] = 1_760_000_000,
        ["owned_by"] = "simulator",
        ["context_window"] = 128_000,
    };

    public static async Task EmbedAsync(HttpContext http, Simulation simulation)
    {
        if (await Media.ReadAsync(http, Wire, simulation, "input") is not { } root)
            return;
        var input = root.GetProperty("input");
        var texts = input.ValueKind is JsonValueKind.Array ? [.. input.EnumerateArray().Select(text => text.ToString())] : new[] { input.ToString() };
        var asBase64 = ChatRequest.Text(root, "encoding_format") is "base64";
        var dimensions = ChatRequest.Number(root, "dimensions");
        await WriteAsync(http, new JsonObject
        {
            ["object"] = "list",
            ["model"] = ChatRequest.Text(root, "model"),
            ["data"] = new JsonArray([.. texts.Select((text, index) => Embedding(Vectors.Of(text, dimensions), index, asBase64))]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = texts.Sum(AnswerContent.Tokens), ["total_tokens"] = texts.Sum(AnswerContent.Tokens) },
        });
    }

    private static JsonObject Embedding(float[] vector, int index, bool asBase64)
    {
        JsonNode encoded = asBase64
            ? Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.AsSpan()))
            : new JsonArray([.. vector.Select(value => JsonValue.Create(value))]);
        return new JsonObject { ["object"] = "embedding", ["index"] = index, ["embedding"] = encoded };
    }

    private static long Now(Simulation simulation) => simulation.Clock.GetUtcNow().ToUnixTimeSeconds();

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
