using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.CohereChat;

/// <summary>Cohere's chat, version 2.</summary>
internal sealed class CohereWire : IWire
{
    public string StreamType => "text/event-stream";

    public string LineStart => "data: ";

    public byte[] BrokenPiece => "event: content-delta\ndata: {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"mess\n\n"u8.ToArray();

    public byte[] ErrorPiece => Encoding.UTF8.GetBytes(
        "event: message-end\ndata: {\"type\":\"message-end\",\"id\":\"simulated\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"the server had an error\"}}\n\n");

    public string ErrorBody => Error("internal server error, this has been reported to our developers.");

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
        return WriteAsync(http, status, message);
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) => WriteAsync(http, wrong.Status, wrong.Message);

    public ChatRequest Read(HttpContext http, JsonElement root) => CohereRequest.Read(root);

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new CohereAnswer(reply, content).Whole().ToJsonString(AnswerContent.Relaxed);

    public Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new CohereAnswer(reply, content).StreamAsync(wire);

    private static (int Status, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (401, $"invalid api token: {about}"),
        Fault.NotAllowed => (403, "you do not have permission to use this resource"),
        Fault.ModelNotFound => (404, $"model '{about}' not found, make sure the correct model ID was used and that you have access to the model."),
        Fault.BadRequest or Fault.ContentFiltered => (400, "invalid request: message must be at least 1 token long."),
        Fault.ContextTooLong => (400, "too many tokens: total number of tokens in the prompt cannot exceed 128000 tokens."),
        Fault.RateLimited => (429, "You are using a Trial key, which is limited to 20 API calls / minute."),
        Fault.QuotaExhausted => (429, "You are using a Trial key, which is limited to 1000 API calls / month."),
        Fault.Overloaded => (503, "service unavailable"),
        _ => (500, "internal server error, this has been reported to our developers."),
    };

    private static string Error(string message) => new JsonObject { ["id"] = "simulated", ["message"] = message }.ToJsonString();

    private static Task WriteAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Error(message), http.RequestAborted);
    }
}
