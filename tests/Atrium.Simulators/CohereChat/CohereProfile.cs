using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.CohereChat;

/// <summary>A service that speaks Cohere's chat: answers, streams, thoughts, tools, pictures in, models, embeddings and errors.</summary>
internal static class CohereProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/cohere";

    private static readonly CohereWire Wire = new();

    private static readonly (string Name, string Endpoint, string[] Features)[] Models =
    [
        ("sim-fast", "chat", ["tools", "json_mode"]),
        ("sim-reasoner", "chat", ["tools"]),
        ("sim-vision", "chat", ["vision"]),
        ("sim-embedding", "embed", []),
    ];

    public static void Map(WebApplication app, Simulation simulation)
    {
        var group = app.MapGroup(Root);
        group.MapGet("/v1/models", http => ChatExchange.WithKeyAsync(http, Wire, () => WriteAsync(http, List(http.Request.Query["endpoint"]))));
        group.MapPost("/v2/chat", http => ChatExchange.WithKeyAsync(http, Wire, () => ChatExchange.AnswerAsync(http, Wire, simulation)));
        group.MapPost("/v2/embed", http => ChatExchange.WithKeyAsync(http, Wire, () => EmbedAsync(http)));
    }

    private static JsonObject List(string? endpoint) => new()
    {
        ["models"] = new JsonArray([.. Models.Where(model => endpoint is null || model.Endpoint == endpoint).Select(model => new JsonObject
        {
            ["name"] = model.Name,
            ["endpoints"] = new JsonArray(model.Endpoint),
            ["features"] = new JsonArray([.. model.Features.Select(feature => JsonValue.Create(feature))]),
            ["context_length"] = 128_000,
        })]),
    };

    private static async Task EmbedAsync(HttpContext http)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var texts = ChatRequest.Items(json.RootElement, "texts").Select(text => text.GetString()!).ToList();
        if (ChatRequest.Text(json.RootElement, "model") is null || ChatRequest.Text(json.RootElement, "input_type") is null || texts.Count is 0 or > 96)
        {
            await Wire.RefuseAsync(http, new RefusedRequestException("invalid request: model, input_type and 1 to 96 texts are required."));
            return;
        }
        await WriteAsync(http, new JsonObject
        {
            ["id"] = "simulated",
            ["embeddings"] = new JsonObject { ["float"] = new JsonArray([.. texts.Select(text => Vectors.Json(text))]) },
            ["texts"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]),
            ["response_type"] = "embeddings_by_type",
            ["meta"] = new JsonObject { ["billed_units"] = new JsonObject { ["input_tokens"] = texts.Sum(AnswerContent.Tokens) } },
        });
    }

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
