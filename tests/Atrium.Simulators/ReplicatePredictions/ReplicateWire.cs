using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.ReplicatePredictions;

/// <summary>Replicate's predictions: a model's input as JSON, its output as text.</summary>
internal sealed class ReplicateWire : IWire
{
    private const string Broken = "Internal server error: the prediction could not be created.";

    public string StreamType => "text/event-stream";

    public string LineStart => "data: ";

    /// <summary>Text has no form that could be broken: a line that is none.</summary>
    public byte[] BrokenPiece => "}{\n\n"u8.ToArray();

    public byte[] ErrorPiece => "event: error\ndata: the model ran out of memory\n\n"u8.ToArray();

    public string ErrorBody => Error(500, Broken).ToJsonString();

    public string KeyOf(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : "";
    }

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        if (reply.RetryAfter is { } wait)
            http.Response.Headers[reply.RetryAfterHeader] = wait;
        var (status, message) = Describe(fault, about);
        return WriteAsync(http, status, Error(status, message));
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong)
    {
        var error = Error(wrong.Status, wrong.Message);
        if (wrong.Field is { } field)
            error["invalid_fields"] = new JsonArray(new JsonObject { ["type"] = "additional_property_not_allowed", ["field"] = field, ["description"] = wrong.Message });
        return WriteAsync(http, wrong.Status, error);
    }

    public ChatRequest Read(HttpContext http, JsonElement root) => ReplicateRequest.Read(http, root);

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) => throw new InvalidOperationException("A prediction says itself what it is.");

    public async Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now)
    {
        for (var i = 0; i < content.Words.Count; i++)
        {
            await wire.PaceAsync();
            if (reply.Comments)
                await wire.WriteAsync(": keep-alive\n\nevent: logs\nid: 1\ndata: thinking\n\n");
            await wire.WriteAsync($"event: output\nid: {i}:0\ndata: {content.Words[i].Replace("\n", "\ndata: ", StringComparison.Ordinal)}\n\n");
            await wire.MisbehaveAfterAsync(i, content.Words.Count);
        }
        if (!reply.WithoutFinish)
            await wire.WriteAsync("event: done\nid: end:0\ndata: {}\n\n");
    }

    private static (int Status, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (401, $"You did not pass a valid authentication token: {about}"),
        Fault.NotAllowed => (403, "You do not have permission to perform this action."),
        Fault.ModelNotFound => (404, $"The requested model {about} could not be found."),
        Fault.BadRequest or Fault.ContentFiltered => (422, "- input: prompt is required"),
        Fault.ContextTooLong => (422, "- input.prompt: the prompt is too long for this model"),
        Fault.RateLimited => (429, "Request was throttled. Expected available in 1 second."),
        Fault.QuotaExhausted => (402, "You have insufficient credit to run this model."),
        Fault.Overloaded => (503, "Service unavailable."),
        _ => (500, Broken),
    };

    private static JsonObject Error(int status, string message) => new() { ["title"] = "Request failed", ["detail"] = message, ["status"] = status };

    private static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
