using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.OllamaChat;

/// <summary>Ollama's chat.</summary>
internal sealed class OllamaWire : IWire
{
    public string StreamType => "application/x-ndjson";

    public string LineStart => "{\"model\":\"";

    public byte[] BrokenPiece => "{\"model\":\"sim-fast\",\"message\":{\"role\":\"assis\n"u8.ToArray();

    public byte[] ErrorPiece => Encoding.UTF8.GetBytes(ErrorBody + "\n");

    public string ErrorBody => Error("an error was encountered while running the model: unexpected EOF");

    /// <summary>An Ollama of one's own wants no key: whoever sends none is let in.</summary>
    public string KeyOf(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : "none";
    }

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        if (reply.RetryAfter is { } wait)
            http.Response.Headers[reply.RetryAfterHeader] = wait;
        var (status, message) = Describe(fault, about);
        return WriteAsync(http, status, message);
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) => WriteAsync(http, wrong.Status, wrong.Message);

    public ChatRequest Read(HttpContext http, JsonElement root) => OllamaRequest.Read(root);

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new OllamaAnswer(request, reply, content, now).Whole().ToJsonString(AnswerContent.Relaxed);

    public Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new OllamaAnswer(request, reply, content, now).StreamAsync(wire);

    private static (int Status, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (401, $"unauthorized: {about}"),
        Fault.NotAllowed => (403, "this model requires a subscription, upgrade for access"),
        Fault.ModelNotFound => (404, $"model '{about}' not found"),
        Fault.BadRequest or Fault.ContentFiltered => (400, "invalid request"),
        Fault.ContextTooLong => (400, "the input length exceeds the context length"),
        Fault.RateLimited => (429, "too many concurrent requests"),
        Fault.QuotaExhausted => (429, "you have reached your weekly usage limit, upgrade for higher limits"),
        Fault.Overloaded => (503, "server busy, please try again. maximum pending requests exceeded"),
        _ => (500, "model runner has unexpectedly stopped"),
    };

    private static string Error(string message) => new JsonObject { ["error"] = message }.ToJsonString();

    private static Task WriteAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(Error(message), http.RequestAborted);
    }
}
