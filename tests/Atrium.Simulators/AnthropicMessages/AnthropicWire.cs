using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.AnthropicMessages;

/// <summary>Anthropic's Messages.</summary>
internal sealed class AnthropicWire : IWire
{
    public string StreamType => "text/event-stream; charset=utf-8";

    public string LineStart => "event: content_block_delta\ndata: ";

    public byte[] BrokenPiece => "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"te\n\n"u8.ToArray();

    public byte[] ErrorPiece => Encoding.UTF8.GetBytes($"event: error\ndata: {ErrorBody}\n\n");

    public string ErrorBody => Error("overloaded_error", "Overloaded").ToJsonString();

    /// <summary>In its own header, or as a bearer, as the provider's newer clients send it.</summary>
    public string KeyOf(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : http.Request.Headers["x-api-key"].ToString();
    }

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        if (reply.RetryAfter is { } wait)
            http.Response.Headers[reply.RetryAfterHeader] = wait;
        var (status, type, message) = Describe(fault, about);
        return WriteAsync(http, status, Error(type, message));
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) =>
        WriteAsync(http, wrong.Status, Error(wrong.Status is 404 ? "not_found_error" : "invalid_request_error", wrong.Message));

    public ChatRequest Read(HttpContext http, JsonElement root) => AnthropicRequest.Read(http, root);

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new AnthropicAnswer(request, reply, content).Whole().ToJsonString(AnswerContent.Relaxed);

    public Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new AnthropicAnswer(request, reply, content).StreamAsync(wire);

    private static (int Status, string Type, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (401, "authentication_error", $"invalid x-api-key: {about}."),
        Fault.NotAllowed => (403, "permission_error", "Your API key does not have permission to use the specified resource."),
        Fault.ModelNotFound => (404, "not_found_error", $"model: {about}"),
        Fault.BadRequest => (400, "invalid_request_error", "messages.0.content: Input should be a valid list"),
        Fault.ContextTooLong => (400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
        Fault.ContentFiltered => (400, "invalid_request_error", "Output blocked by content filtering policy"),
        Fault.RateLimited => (429, "rate_limit_error", "This request would exceed your organization's rate limit."),
        Fault.QuotaExhausted => (400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API."),
        Fault.Overloaded => (529, "overloaded_error", "Overloaded"),
        _ => (500, "api_error", "Internal server error"),
    };

    private static JsonObject Error(string type, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        ["request_id"] = "req_simulated",
    };

    private static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
