using System.Text.Json.Nodes;

namespace Atrium.Simulators.AnthropicMessages;

/// <summary>A service that speaks Messages: answers, streams, thoughts, tools, pictures in, models and errors.</summary>
internal static class AnthropicProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/anthropic";

    private static readonly AnthropicWire Wire = new();

    private static readonly string[] Models = ["sim-fast", "sim-reasoner", "sim-vision"];

    public static void Map(WebApplication app, Simulation simulation)
    {
        var group = app.MapGroup(Root + "/v1");
        group.MapGet("/models", http => WithKeyAsync(http, () => http.Response.WriteAsync(List().ToJsonString(), http.RequestAborted)));
        group.MapPost("/messages", http => WithKeyAsync(http, () => ChatExchange.AnswerAsync(http, Wire, simulation)));
    }

    private static Task WithKeyAsync(HttpContext http, Func<Task> answer)
    {
        http.Response.Headers["request-id"] = "req_simulated";
        http.Response.ContentType = "application/json";
        return http.Request.Headers["anthropic-version"].ToString().Length == 0
            ? Wire.RefuseAsync(http, new RefusedRequestException("anthropic-version: header is required"))
            : ChatExchange.WithKeyAsync(http, Wire, answer);
    }

    private static JsonObject List() => new()
    {
        ["data"] = new JsonArray([.. Models.Select(id => new JsonObject
        {
            ["type"] = "model",
            ["id"] = id,
            ["display_name"] = $"Simulated {id}",
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["max_input_tokens"] = 200_000,
            ["max_tokens"] = 64_000,
        })]),
        ["has_more"] = false,
        ["first_id"] = Models[0],
        ["last_id"] = Models[^1],
    };
}
