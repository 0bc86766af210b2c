using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.BedrockConverse;

/// <summary>Bedrock's Converse. The model and the wish for a stream are in the address; a stream is frames.</summary>
internal sealed class BedrockWire : IWire
{
    private const string Broken = "The system encountered an unexpected error during processing. Try your request again.";

    public string StreamType => "application/vnd.amazon.eventstream";

    /// <summary>Lines are none here: what never ends is no frame.</summary>
    public string LineStart => "";

    public byte[] BrokenPiece
    {
        get
        {
            var frame = EventStreamFrame.Write("event", "contentBlockDelta", new JsonObject { ["contentBlockIndex"] = 0, ["delta"] = new JsonObject { ["text"] = "damaged" } });
            frame[^1] ^= 1;
            return frame;
        }
    }

    public byte[] ErrorPiece => EventStreamFrame.Write("exception", "internalServerException", new JsonObject { ["message"] = Broken });

    public string ErrorBody => new JsonObject { ["message"] = Broken }.ToJsonString();

    public string KeyOf(HttpContext http) => AwsSignatureCheck.KeyOf(http);

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        if (reply.RetryAfter is { } wait)
            http.Response.Headers[reply.RetryAfterHeader] = wait;
        var (status, type, message) = Describe(fault, about);
        return WriteAsync(http, status, type, message);
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) =>
        WriteAsync(http, wrong.Status, wrong.Status is 404 ? "ResourceNotFoundException" : "ValidationException", wrong.Message);

    public ChatRequest Read(HttpContext http, JsonElement root) => BedrockRequest.Read(BedrockProfile.ModelOf(http), BedrockProfile.CallOf(http), root);

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new BedrockAnswer(reply, content).Whole().ToJsonString(AnswerContent.Relaxed);

    public Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new BedrockAnswer(reply, content).StreamAsync(wire);

    public static Task WriteAsync(HttpContext http, int status, string type, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers["x-amzn-ErrorType"] = type + ":http://internal.amazon.com/coral/com.amazon.bedrock/";
        return http.Response.WriteAsync(new JsonObject { ["message"] = message }.ToJsonString(), http.RequestAborted);
    }

    private static (int Status, string Type, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (403, "UnrecognizedClientException", $"The security token included in the request is invalid: {about}."),
        Fault.NotAllowed => (403, "AccessDeniedException", "You don't have access to the model with the specified model ID."),
        Fault.ModelNotFound => (404, "ResourceNotFoundException", "Could not resolve the foundation model from the provided model identifier."),
        Fault.BadRequest or Fault.ContentFiltered => (400, "ValidationException", "The provided request is not valid."),
        Fault.ContextTooLong => (400, "ValidationException", "The model returned the following errors: Input is too long for requested model."),
        Fault.RateLimited => (429, "ThrottlingException", "Too many requests, please wait before trying again."),
        Fault.QuotaExhausted => (400, "ServiceQuotaExceededException", "Your request exceeds the service quota for your account."),
        Fault.Overloaded => (503, "ServiceUnavailableException", "Bedrock is unable to process your request."),
        _ => (500, "InternalServerException", Broken),
    };
}
