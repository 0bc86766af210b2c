using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Simulators.OpenAiChat;

namespace Atrium.Simulators.WatsonxChat;

/// <summary>watsonx's chat: OpenAI's shapes with other names, streamed without a terminal marker.</summary>
internal sealed class WatsonxWire(IamTokens tokens) : IWire
{
    private const string Broken = "The server was unable to process the request.";

    public string StreamType => "text/event-stream";

    public string LineStart => "data: ";

    public byte[] BrokenPiece => "id: 9\nevent: message\ndata: {\"id\":\"chat-simulated\",\"choices\":[{\"index\":0,\"delta\":{\"con\n\n"u8.ToArray();

    public byte[] ErrorPiece => Encoding.UTF8.GetBytes($"id: 9\nevent: error\ndata: {ErrorBody}\n\n");

    public string ErrorBody => Error(500, "internal_server_error", Broken).ToJsonString();

    public string KeyOf(HttpContext http) => tokens.KeyOf(http);

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        if (reply.RetryAfter is { } wait)
            http.Response.Headers[reply.RetryAfterHeader] = wait;
        var (status, code, message) = Describe(fault, about);
        return WriteAsync(http, status, code, message);
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) =>
        WriteAsync(http, wrong.Status, wrong.Code ?? "invalid_request_entity", wrong.Message);

    public ChatRequest Read(HttpContext http, JsonElement root) =>
        WatsonxRequest.Read(root, isStream: http.Request.Path.Value!.EndsWith("chat_stream", StringComparison.Ordinal));

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new WatsonxAnswer(request, reply, content, now).Whole().ToJsonString(AnswerContent.Relaxed);

    public Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new WatsonxAnswer(request, reply, content, now).StreamAsync(wire);

    public static Task WriteAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Error(status, code, message).ToJsonString(), http.RequestAborted);
    }

    private static JsonObject Error(int status, string code, string message) => new()
    {
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message, ["more_info"] = "https://example.org" }),
        ["trace"] = "simulated",
        ["status_code"] = status,
    };

    private static (int Status, string Code, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (401, "authentication_token_not_valid", $"Failed to authenticate the request due to invalid token of {about}."),
        Fault.NotAllowed => (403, "authorization_rejected", "The user is not a member of the project."),
        Fault.ModelNotFound => (404, "model_not_supported", $"Model '{about}' is not supported for this environment."),
        Fault.BadRequest or Fault.ContentFiltered => (400, "invalid_input_argument", "Invalid input argument."),
        Fault.ContextTooLong => (400, "invalid_input_argument", "the number of input tokens 140000 cannot exceed the total tokens limit: too many tokens for this model"),
        Fault.RateLimited => (429, "rate_limit_reached_requests", "The number of requests per second is over the limit of the plan."),
        Fault.QuotaExhausted => (403, "token_quota_reached", "This API call exceeds the token quota of your plan."),
        Fault.Overloaded => (503, "service_unavailable", "The service is temporarily unavailable."),
        _ => (500, "internal_server_error", Broken),
    };
}
