using System.Text;
using System.Text.Json;

namespace Atrium.Simulators.OpenAiChat;

/// <summary>OpenAI's chat completions.</summary>
internal sealed class OpenAiWire : IWire
{
    public string StreamType => "text/event-stream";

    public string LineStart => "data: ";

    public byte[] BrokenPiece => "data: {\"id\":\"chatcmpl-simulated\",\"choices\":[{\"index\":0,\"delta\":{\"con\n\n"u8.ToArray();

    public byte[] ErrorPiece => Encoding.UTF8.GetBytes($"data: {ErrorBody}\n\n");

    public string ErrorBody => OpenAiErrors.Body("The server had an error while processing your request.", "server_error", code: null).ToJsonString();

    public string KeyOf(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : "";
    }

    public Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about) => OpenAiErrors.WriteAsync(http, fault, reply, about);

    public Task RefuseAsync(HttpContext http, RefusedRequestException wrong) =>
        OpenAiErrors.WriteAsync(http, wrong.Status, wrong.Message, "invalid_request_error", wrong.Code, wrong.Field);

    public ChatRequest Read(HttpContext http, JsonElement root) => OpenAiRequest.Read(root);

    public string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new OpenAiAnswer(request, reply, content, now.ToUnixTimeSeconds()).Whole().ToJsonString();

    public Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now) =>
        new OpenAiAnswer(request, reply, content, now.ToUnixTimeSeconds()).StreamAsync(wire);
}
