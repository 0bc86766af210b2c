using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.GeminiGenerateContent;

/// <summary>A service that speaks generateContent: answers, streams, thoughts, tools, pictures in, models and errors.</summary>
internal static class GeminiProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/gemini";

    private static readonly GeminiWire Wire = new();

    private static readonly string[] Models = ["sim-fast", "sim-reasoner", "sim-vision"];

    public static void Map(WebApplication app, Simulation simulation)
    {
        var group = app.MapGroup(Root + "/v1beta");
        group.MapGet("/models", http => ChatExchange.WithKeyAsync(http, Wire, () => ListAsync(http)));
        group.MapPost("/models/{**call}", http => ChatExchange.WithKeyAsync(http, Wire, () => http.Request.Path.Value!.EndsWith(":batchEmbedContents", StringComparison.Ordinal)
            ? EmbedAsync(http)
            : ChatExchange.AnswerAsync(http, Wire, simulation)));
    }

    private static async Task EmbedAsync(HttpContext http)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var texts = ChatRequest.Items(json.RootElement, "requests")
            .Select(request => string.Concat(ChatRequest.Items(request.GetProperty("content"), "parts").Select(part => ChatRequest.Text(part, "text"))));
        http.Response.ContentType = "application/json; charset=UTF-8";
        await http.Response.WriteAsync(
            new JsonObject { ["embeddings"] = new JsonArray([.. texts.Select(text => new JsonObject { ["values"] = Vectors.Json(text) })]) }.ToJsonString(), http.RequestAborted);
    }

    private static Task ListAsync(HttpContext http)
    {
        var models = Models.Select(id => Model(id, "generateContent", 1_048_576, 65_536)).Append(Model("sim-embedding", "embedContent", 2_048, 1));
        http.Response.ContentType = "application/json; charset=UTF-8";
        return http.Response.WriteAsync(new JsonObject { ["models"] = new JsonArray([.. models]) }.ToJsonString(), http.RequestAborted);
    }

    private static JsonObject Model(string id, string method, int input, int output) => new()
    {
        ["name"] = $"models/{id}",
        ["displayName"] = $"Simulated {id}",
        ["inputTokenLimit"] = input,
        ["outputTokenLimit"] = output,
        ["supportedGenerationMethods"] = new JsonArray(method, "countTokens"),
    };
}
