using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Atrium.Simulators.BedrockConverse;

/// <summary>Bedrock: Converse whole and as frames, thoughts, tools, pictures in, lists of models and profiles, embeddings, pictures out, and errors; every request is signed.</summary>
internal static class BedrockProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/bedrock";

    private static readonly BedrockWire Wire = new();

    public static void Map(WebApplication app, Simulation simulation)
    {
        var group = app.MapGroup(Root);
        group.MapGet("/foundation-models", http => SignedAsync(http, simulation, () => WriteAsync(http, Models())));
        group.MapGet("/inference-profiles", http => SignedAsync(http, simulation, () => WriteAsync(http, Profiles())));
        group.MapPost("/model/{**call}", http => SignedAsync(http, simulation, () => CallOf(http) is "invoke" ? InvokeAsync(http) : ChatExchange.AnswerAsync(http, Wire, simulation)));
    }

    /// <summary>The model, whose name may have signs of an address in it.</summary>
    public static string ModelOf(HttpContext http) => Uri.UnescapeDataString(Segments(http)[^2]);

    /// <summary>What is to be done with the model.</summary>
    public static string CallOf(HttpContext http) => Segments(http)[^1];

    private static string[] Segments(HttpContext http) => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Split('/');

    private static async Task SignedAsync(HttpContext http, Simulation simulation, Func<Task> answer)
    {
        http.Response.Headers["x-amzn-RequestId"] = "simulated";
        if (await AwsSignatureCheck.RefusalAsync(http, simulation.Clock.GetUtcNow()) is var (type, message) && type.Length > 0)
            await BedrockWire.WriteAsync(http, 403, type, message);
        else
            await ChatExchange.WithKeyAsync(http, Wire, answer);
    }

    private static JsonObject Models() => new()
    {
        ["modelSummaries"] = new JsonArray(
            Model("sim-fast", "TEXT", "ON_DEMAND"), Model("sim-vision", "TEXT", "ON_DEMAND"), Model("anthropic.sim-reasoner-v1:0", "TEXT", "INFERENCE_PROFILE"),
            Model("amazon.titan-embed-text-v2:0", "EMBEDDING", "ON_DEMAND"), Model("amazon.nova-canvas-v1:0", "IMAGE", "ON_DEMAND")),
    };

    private static JsonObject Model(string id, string output, string inference) => new()
    {
        ["modelArn"] = $"arn:aws:bedrock:us-east-1::foundation-model/{id}",
        ["modelId"] = id,
        ["modelName"] = $"Simulated {id}",
        ["providerName"] = "Simulator",
        ["inputModalities"] = new JsonArray("TEXT", "IMAGE"),
        ["outputModalities"] = new JsonArray(output),
        ["responseStreamingSupported"] = true,
        ["inferenceTypesSupported"] = new JsonArray(inference),
        ["modelLifecycle"] = new JsonObject { ["status"] = "ACTIVE" },
    };

    private static JsonObject Profiles() => new()
    {
        ["inferenceProfileSummaries"] = new JsonArray(new JsonObject
        {
            ["inferenceProfileId"] = "us.anthropic.sim-reasoner-v1:0",
            ["inferenceProfileName"] = "US Simulated Reasoner",
            ["status"] = "ACTIVE",
            ["type"] = "SYSTEM_DEFINED",
        }),
    };

    /// <summary>Two models in their own words: one makes vectors, one pictures.</summary>
    private static async Task InvokeAsync(HttpContext http)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        if (ChatRequest.Text(json.RootElement, "inputText") is { } text)
            await WriteAsync(http, new JsonObject { ["embedding"] = Vectors.Json(text), ["inputTextTokenCount"] = AnswerContent.Tokens(text) });
        else if (json.RootElement.TryGetProperty("texts", out var texts))
            await WriteAsync(http, new JsonObject { ["embeddings"] = new JsonArray([.. texts.EnumerateArray().Select(item => Vectors.Json(item.GetString()!))]) });
        else if (ChatRequest.Text(json.RootElement, "taskType") is "TEXT_IMAGE")
            await WriteAsync(http, new JsonObject
            {
                ["images"] = new JsonArray([.. Enumerable.Range(0, ChatRequest.Number(json.RootElement.GetProperty("imageGenerationConfig"), "numberOfImages") ?? 1).Select(_ => JsonValue.Create(Samples.OnePixel))]),
                ["error"] = null,
            });
        else
            await BedrockWire.WriteAsync(http, 400, "ValidationException", "Malformed input request: required key not found.");
    }

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
