using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.OciGenAiChat;

/// <summary>Oracle Cloud's chat; the form of the request decides on the form of the answer.</summary>
internal sealed class OciWire : IWire
{
    private const string Broken = "An internal server error occurred.";

    public string StreamType => "text/event-stream";

    public string LineStart => "data: ";

    public byte[] BrokenPiece => "data: {\"index\":0,\"message\":{\"role\":\"ASSIS\n\n"u8.ToArray();

    public byte[] ErrorPiece => Encoding.UTF8.GetBytes($"data: {ErrorBody}\n\n");

    public string ErrorBody => Error("InternalServerError", Broken).ToJsonString();

    public string KeyOf(HttpContext http) => OciSignatureCheck.UserOf(http);

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        if (reply.RetryAfter is { } wait)
            http.Response.Headers[reply.RetryAfterHeader] = wait;
        var (status, code, message) = Describe(fault, about);
        return WriteAsync(http, status, code, message);
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) =>
        WriteAsync(http, wrong.Status, wrong.Status is 404 ? "NotAuthorizedOrNotFound" : "InvalidParameter", wrong.Message);

    public ChatRequest Read(HttpContext http, JsonElement root) => OciRequest.Read(root);

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new OciAnswer(request, reply, content, now).Whole().ToJsonString(AnswerContent.Relaxed);

    public Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new OciAnswer(request, reply, content, now).StreamAsync(wire);

    public static Task WriteAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Error(code, message).ToJsonString(), http.RequestAborted);
    }

    private static JsonObject Error(string code, string message) => new() { ["code"] = code, ["message"] = message };

    private static (int Status, string Code, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (401, "NotAuthenticated", $"The required information to complete authentication was incorrect: {about}."),
        Fault.NotAllowed => (403, "NotAllowed", "The tenancy is not subscribed to this region."),
        Fault.ModelNotFound => (404, "NotAuthorizedOrNotFound", $"Entity with key {about} not found: the model does not exist or there is no policy for it."),
        Fault.BadRequest or Fault.ContentFiltered => (400, "InvalidParameter", "Invalid parameter."),
        Fault.ContextTooLong => (400, "InvalidParameter", "This model's maximum context length is 128000 tokens: please reduce the length of the messages."),
        Fault.RateLimited => (429, "TooManyRequests", "Request is throttled, please slow down."),
        Fault.QuotaExhausted => (400, "QuotaExceeded", "The following compartment quota was exceeded."),
        Fault.Overloaded => (503, "ServiceUnavailable", "The service is currently unavailable."),
        _ => (500, "InternalServerError", Broken),
    };
}
