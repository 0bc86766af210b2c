using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.OciGenAiChat;

/// <summary>Oracle Cloud's generative AI: chat in both forms, whole and streamed, models, embeddings and errors; every request is signed.</summary>
internal static class OciProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/oci";

    private static readonly OciWire Wire = new();

    public static void Map(WebApplication app, Simulation simulation)
    {
        var group = app.MapGroup(Root + "/20231130");
        group.MapPost("/actions/chat", http => SignedAsync(http, simulation, () => ChatExchange.AnswerAsync(http, Wire, simulation)));
        group.MapPost("/actions/embedText", http => SignedAsync(http, simulation, () => EmbedAsync(http)));
        group.MapGet("/models", http => SignedAsync(http, simulation, () => WriteAsync(http, Models())));
    }

    private static async Task SignedAsync(HttpContext http, Simulation simulation, Func<Task> answer)
    {
        http.Response.Headers["opc-request-id"] = "simulated";
        if (await OciSignatureCheck.IsSignedAsync(http, simulation.Clock.GetUtcNow()))
            await ChatExchange.WithKeyAsync(http, Wire, answer);
        else
            await OciWire.WriteAsync(http, 401, "NotAuthenticated", "The required information to complete authentication was not provided or was incorrect.");
    }

    private static JsonObject Models() => new()
    {
        ["items"] = new JsonArray(Model("sim-fast", "CHAT"), Model("cohere.sim-command", "CHAT"), Model("sim-vision", "CHAT"), Model("cohere.sim-embed", "TEXT_EMBEDDINGS")),
    };

    private static JsonObject Model(string name, string capability) => new()
    {
        ["id"] = $"ocid1.generativeaimodel.oc1..{name}",
        ["displayName"] = name,
        ["type"] = "BASE",
        ["vendor"] = "simulator",
        ["lifecycleState"] = "ACTIVE",
        ["capabilities"] = new JsonArray(capability),
    };

    private static async Task EmbedAsync(HttpContext http)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var texts = ChatRequest.Items(json.RootElement, "inputs").Select(text => text.GetString()!).ToList();
        if (texts.Count is 0 or > 96 || !json.RootElement.TryGetProperty("servingMode", out var mode) || ChatRequest.Text(json.RootElement, "compartmentId") is null)
        {
            await Wire.RefuseAsync(http, new RefusedRequestException("inputs, servingMode and compartmentId are required"));
            return;
        }
        await WriteAsync(http, new JsonObject
        {
            ["id"] = "simulated",
            ["modelId"] = ChatRequest.Text(mode, "modelId"),
            ["embeddings"] = new JsonArray([.. texts.Select(Vectors.Json)]),
            ["usage"] = new JsonObject { ["promptTokens"] = texts.Sum(AnswerContent.Tokens), ["totalTokens"] = texts.Sum(AnswerContent.Tokens) },
        });
    }

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
