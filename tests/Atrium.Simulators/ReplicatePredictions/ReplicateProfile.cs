using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.ReplicatePredictions;

/// <summary>Replicate: predictions that are waited for, streamed or asked about, cancelled, models of a collection, pictures out, and errors.</summary>
internal static class ReplicateProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/replicate";

    /// <summary>Faults of a stream: a prediction that is streamed begins well.</summary>
    private static readonly Fault[] OfStream =
        [Fault.StallBeforeBody, Fault.Stall, Fault.Cut, Fault.EndEarly, Fault.BrokenChunk, Fault.ErrorInside, Fault.EndlessLine, Fault.Garbage, Fault.WebPage];

    private static readonly ReplicateWire Wire = new();

    public static void Map(WebApplication app, Simulation simulation)
    {
        var predictions = new ConcurrentDictionary<string, SimulatedPrediction>(StringComparer.Ordinal);
        var group = app.MapGroup(Root + "/v1");
        foreach (var path in (string[])["/predictions", "/models/{owner}/{name}/predictions", "/deployments/{owner}/{name}/predictions"])
            group.MapPost(path, http => ChatExchange.WithKeyAsync(http, Wire, () => BeginAsync(http, simulation, predictions)));
        group.MapGet("/predictions/{id}", http => WithAsync(http, predictions, prediction => WriteAsync(http, 200, prediction.Look())));
        group.MapPost("/predictions/{id}/cancel", http => WithAsync(http, predictions, prediction => WriteAsync(http, 200, prediction.Cancel())));
        // Whoever knows this address needs no key.
        group.MapGet("/predictions/{id}/stream", http => predictions.TryGetValue((string)http.Request.RouteValues["id"]!, out var prediction)
            ? StreamAsync(http, simulation, prediction)
            : Wire.RefuseAsync(http, new RefusedRequestException("The requested resource could not be found.", status: 404)));
        group.MapGet("/models", http => ChatExchange.WithKeyAsync(http, Wire, () => WriteAsync(http, 200, new JsonObject { ["next"] = null, ["results"] = Models() })));
        group.MapGet("/collections/language-models", http => ChatExchange.WithKeyAsync(http, Wire, () =>
            WriteAsync(http, 200, new JsonObject { ["name"] = "Language models", ["slug"] = "language-models", ["models"] = Models() })));
    }

    private static async Task BeginAsync(HttpContext http, Simulation simulation, ConcurrentDictionary<string, SimulatedPrediction> predictions)
    {
        if (await ChatExchange.ReadAsync(http, Wire) is not { } request)
            return;
        var reply = simulation.Take(request.Prompt);
        var isStreamed = request.Stream && !request.Model.Contains("polled", StringComparison.Ordinal);
        var id = "p" + (predictions.Count + 1).ToString("D6", CultureInfo.InvariantCulture);
        var prediction = predictions[id] = new SimulatedPrediction(id, $"{http.Request.Scheme}://{http.Request.Host}{Root}/v1/predictions/{id}", request, reply, isStreamed);
        if ((isStreamed && OfStream.Contains(reply.Fault)) || (request.Stream && reply is { Status: null, Body: null, Fault: Fault.None }))
            await WriteAsync(http, 201, prediction.Begin());
        else
            await ChatExchange.RespondAsync(http, new WaitedPrediction(Wire, prediction), simulation, request with { Stream = false }, reply);
    }

    private static Task StreamAsync(HttpContext http, Simulation simulation, SimulatedPrediction prediction)
    {
        // Longer waits and refusals were those of the beginning.
        var reply = prediction.Reply with { FirstByteSeconds = null };
        prediction.IsRead = true;
        return ChatExchange.RespondAsync(http, Wire, simulation, prediction.Request with { Stream = true }, reply);
    }

    private static Task WithAsync(HttpContext http, ConcurrentDictionary<string, SimulatedPrediction> predictions, Func<SimulatedPrediction, Task> answer) =>
        ChatExchange.WithKeyAsync(http, Wire, () => predictions.TryGetValue((string)http.Request.RouteValues["id"]!, out var prediction)
            ? answer(prediction)
            : Wire.RefuseAsync(http, new RefusedRequestException("The requested resource could not be found.", status: 404)));

    private static JsonArray Models() =>
        [.. ((string[])["sim-fast", "sim-vision", "sim-polled"]).Select(name => new JsonObject { ["owner"] = "sim", ["name"] = name, ["visibility"] = "public" })];

    private static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(AnswerContent.Relaxed), http.RequestAborted);
    }

    /// <summary>The answer to a request that waits for its prediction.</summary>
    private sealed class WaitedPrediction(ReplicateWire wire, SimulatedPrediction prediction) : IWire
    {
        public string StreamType => wire.StreamType;

        public string LineStart => wire.LineStart;

        public byte[] BrokenPiece => wire.BrokenPiece;

        public byte[] ErrorPiece => wire.ErrorPiece;

        public string ErrorBody => wire.ErrorBody;

        public string KeyOf(HttpContext http) => wire.KeyOf(http);

        public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about) => wire.RefuseAsync(http, fault, reply, about);

        public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) => wire.RefuseAsync(http, wrong);

        public ChatRequest Read(HttpContext http, System.Text.Json.JsonElement root) => wire.Read(http, root);

        public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) => prediction.Finish().ToJsonString(AnswerContent.Relaxed);

        public Task StreamAsync(WireWriter writer, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
            wire.StreamAsync(writer, request, reply, content, now);
    }
}
