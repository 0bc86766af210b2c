using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Simulators.OpenAiChat;

namespace Atrium.Simulators.AzureOpenAi;

/// <summary>Azure's form of chat completions: a key header, a filter that reports first, and error codes of its own.</summary>
internal sealed class AzureOpenAiWire : IWire
{
    private static readonly OpenAiWire OpenAi = new();

    public string StreamType => OpenAi.StreamType;

    public string LineStart => OpenAi.LineStart;

    public byte[] BrokenPiece => OpenAi.BrokenPiece;

    public byte[] ErrorPiece => Encoding.UTF8.GetBytes($"data: {ErrorBody}\n\n");

    public string ErrorBody => Error("500", "The server had an error processing your request.").ToJsonString();

    public string KeyOf(HttpContext http) => http.Request.Headers["api-key"].ToString();

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        if (reply.RetryAfter is { } wait)
            http.Response.Headers[reply.RetryAfterHeader] = wait;
        var (status, code, message) = Describe(fault, about);
        return WriteAsync(http, status, fault is Fault.ContentFiltered ? Filtered() : Error(code, message));
    }

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) => WriteAsync(http, wrong.Status, Error(wrong.Code, wrong.Message, wrong.Field));

    public ChatRequest Read(HttpContext http, JsonElement root)
    {
        var deployment = (string?)http.Request.RouteValues["deployment"];
        var model = deployment ?? ChatRequest.Text(root, "model");
        if (model?.StartsWith("missing", StringComparison.Ordinal) is true)
            throw new RefusedRequestException("The API deployment for this resource does not exist.", code: "DeploymentNotFound", status: 404);
        return OpenAiRequest.Read(root, deployment);
    }

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) => OpenAi.Whole(request, reply, content, now);

    public async Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now)
    {
        await wire.WriteAsync("data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\",\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}]}\n\n");
        await OpenAi.StreamAsync(wire, request, reply, content, now);
    }

    private static (int Status, string Code, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (401, "401", $"Access denied due to invalid subscription key or wrong API endpoint: {about}."),
        Fault.NotAllowed => (403, "403", "Access denied due to Virtual Network/Firewall rules."),
        Fault.ModelNotFound => (404, "DeploymentNotFound", "The API deployment for this resource does not exist."),
        Fault.ContentFiltered => (400, "content_filter", ""),
        Fault.BadRequest => (400, "invalid_value", "Invalid value for a field of the request."),
        Fault.ContextTooLong => (400, "context_length_exceeded", "This model's maximum context length is 128000 tokens."),
        Fault.RateLimited => (429, "429", "Requests have exceeded the call rate limit of your current pricing tier. Please retry after 6 seconds."),
        Fault.QuotaExhausted => (429, "insufficient_quota", "You exceeded your current quota, please check your plan and billing details."),
        Fault.Overloaded => (503, "503", "The service is temporarily unable to process your request."),
        _ => (500, "500", "The server had an error processing your request."),
    };

    private static JsonObject Error(string? code, string message, string? parameter = null) =>
        new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["param"] = parameter } };

    private static JsonObject Filtered() => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = "The response was filtered due to the prompt triggering content management policy.",
            ["type"] = null,
            ["param"] = "prompt",
            ["code"] = "content_filter",
            ["status"] = 400,
            ["innererror"] = new JsonObject { ["code"] = "ResponsibleAIPolicyViolation", ["content_filter_result"] = new JsonObject() },
        },
    };

    private static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
