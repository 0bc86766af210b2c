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
        group.MapPost("/models/{**call}", http => ChatExchange.WithKeyAsync(http, Wire, () => ChatExchange.AnswerAsync(http, Wire, simulation)));
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
