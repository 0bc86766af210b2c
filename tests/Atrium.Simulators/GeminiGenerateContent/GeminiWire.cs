using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.GeminiGenerateContent;

/// <summary>Google's generateContent. The model and the wish for a stream are in the address.</summary>
internal sealed class GeminiWire : IWire
{
    public string StreamType => "text/event-stream";

    public string LineStart => "data: ";

    public byte[] BrokenPiece => "data: {\"candidates\": [{\"content\": {\"par\r\n\r\n"u8.ToArray();

    public byte[] ErrorPiece => Encoding.UTF8.GetBytes($"data: {ErrorBody}\r\n\r\n");

    public string ErrorBody => Error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.").ToJsonString();

    public string KeyOf(HttpContext http) => http.Request.Headers["x-goog-api-key"].ToString();

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        // A blocked prompt is no error here: an answer without candidates.
        if (fault is Fault.ContentFiltered)
            return BlockAsync(http);
        var (status, name, message, details) = Describe(fault, about);
        if (reply.RetryAfter is { } wait && reply.RetryAfterHeader is "RetryInfo")
            details.Add(new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.RetryInfo", ["retryDelay"] = wait });
        else if (reply.RetryAfter is not null)
            http.Response.Headers[reply.RetryAfterHeader] = reply.RetryAfter;
        return WriteAsync(http, status, Error(status, name, message, details));
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) =>
        WriteAsync(http, wrong.Status, Error(wrong.Status, wrong.Status is 404 ? "NOT_FOUND" : "INVALID_ARGUMENT", wrong.Message));

    public ChatRequest Read(HttpContext http, JsonElement root) => GeminiRequest.Read((string)http.Request.RouteValues["call"]!, root);

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new GeminiAnswer(request, reply, content).Whole().ToJsonString(AnswerContent.Relaxed);

    public Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new GeminiAnswer(request, reply, content).StreamAsync(wire);

    private static (int Status, string Name, string Message, JsonArray Details) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (400, "INVALID_ARGUMENT", $"API key not valid. Please pass a valid API key: {about}.",
            [new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo", ["reason"] = "API_KEY_INVALID" }]),
        Fault.NotAllowed => (400, "FAILED_PRECONDITION", "User location is not supported for the API use.", []),
        Fault.ModelNotFound => (404, "NOT_FOUND", $"models/{about} is not found for API version v1beta.", []),
        Fault.BadRequest => (400, "INVALID_ARGUMENT", "Request contains an invalid argument.", []),
        Fault.ContextTooLong => (400, "INVALID_ARGUMENT", "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", []),
        Fault.RateLimited => (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details.", Quota("GenerateRequestsPerMinutePerProjectPerModel")),
        Fault.QuotaExhausted => (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details.", Quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier")),
        Fault.Overloaded => (503, "UNAVAILABLE", "The model is overloaded. Please try again later.", []),
        _ => (500, "INTERNAL", "An internal error has occurred.", []),
    };

    private static JsonArray Quota(string id) =>
    [
        new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.QuotaFailure",
            ["violations"] = new JsonArray(new JsonObject { ["quotaMetric"] = "generate_content_requests", ["quotaId"] = id, ["quotaValue"] = "15" }),
        },
    ];

    private static Task BlockAsync(HttpContext http)
    {
        var body = new JsonObject
        {
            ["promptFeedback"] = new JsonObject { ["blockReason"] = "PROHIBITED_CONTENT" },
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 5, ["totalTokenCount"] = 5 },
        }.ToJsonString();
        var isStream = http.Request.Query["alt"] == "sse";
        http.Response.ContentType = isStream ? "text/event-stream" : "application/json";
        return http.Response.WriteAsync(isStream ? $"data: {body}\r\n\r\n" : body, http.RequestAborted);
    }

    private static JsonObject Error(int code, string status, string message, JsonArray? details = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status };
        if (details is { Count: > 0 })
            error["details"] = details;
        return new JsonObject { ["error"] = error };
    }

    private static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=UTF-8";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
