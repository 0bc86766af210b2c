using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.WatsonxChat;

/// <summary>watsonx.ai: keys that are exchanged for tokens of an hour, chat whole and streamed from another path, models, embeddings and errors.</summary>
internal static class WatsonxProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/watsonx";

    public static void Map(WebApplication app, Simulation simulation)
    {
        var tokens = new IamTokens(simulation);
        var wire = new WatsonxWire(tokens);
        var group = app.MapGroup(Root);
        group.MapPost("/identity/token", tokens.ExchangeAsync);
        group.MapGet("/ml/v1/foundation_model_specs", http => WithVersionAsync(http, wire, () => WriteAsync(http, Models())));
        group.MapPost("/ml/v1/text/chat", http => SignedInAsync(http, wire, tokens, () => ChatExchange.AnswerAsync(http, wire, simulation)));
        group.MapPost("/ml/v1/text/chat_stream", http => SignedInAsync(http, wire, tokens, () => ChatExchange.AnswerAsync(http, wire, simulation)));
        group.MapPost("/ml/v1/text/embeddings", http => SignedInAsync(http, wire, tokens, () => EmbedAsync(http, wire)));
    }

    private static Task WithVersionAsync(HttpContext http, WatsonxWire wire, Func<Task> answer) =>
        http.Request.Query["version"].Count == 0
            ? wire.RefuseAsync(http, new RefusedRequestException("The 'version' query parameter is required.", code: "missing_version"))
            : answer();

    private static Task SignedInAsync(HttpContext http, WatsonxWire wire, IamTokens tokens, Func<Task> answer) => WithVersionAsync(http, wire, () =>
        tokens.Find(http) is not { } token ? WatsonxWire.WriteAsync(http, 401, "authentication_token_not_valid", "Failed to authenticate the request due to invalid token.")
        : tokens.IsOver(token) ? WatsonxWire.WriteAsync(http, 401, "authentication_token_expired", "Failed to authenticate the request due to an expired token.")
        : ChatExchange.WithKeyAsync(http, wire, answer));

    private static JsonObject Models() => new()
    {
        ["total_count"] = 3,
        ["limit"] = 200,
        ["resources"] = new JsonArray(Model("sim-fast", "text_chat"), Model("sim-vision", "text_chat"), Model("sim-embedding", "embedding")),
    };

    private static JsonObject Model(string id, string function) => new()
    {
        ["model_id"] = id,
        ["label"] = $"Simulated {id}",
        ["functions"] = new JsonArray(new JsonObject { ["id"] = function }),
        ["model_limits"] = new JsonObject { ["max_sequence_length"] = 128_000, ["max_output_tokens"] = 8_192 },
        ["lifecycle"] = new JsonArray(new JsonObject { ["id"] = "available" }),
    };

    private static async Task EmbedAsync(HttpContext http, WatsonxWire wire)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var texts = ChatRequest.Items(json.RootElement, "inputs").Select(text => text.GetString()!).ToList();
        if (texts.Count == 0 || ChatRequest.Text(json.RootElement, "model_id") is null)
        {
            await wire.RefuseAsync(http, new RefusedRequestException("Json document validation error: model_id and inputs are required", code: "invalid_request_entity"));
            return;
        }
        await WriteAsync(http, new JsonObject
        {
            ["model_id"] = ChatRequest.Text(json.RootElement, "model_id"),
            ["results"] = new JsonArray([.. texts.Select(text => new JsonObject { ["embedding"] = Vectors.Json(text) })]),
            ["input_token_count"] = texts.Sum(AnswerContent.Tokens),
        });
    }

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
