using System.Text.Json.Nodes;

namespace Atrium.Simulators.OllamaChat;

/// <summary>Builds a good answer, whole or as lines.</summary>
internal sealed class OllamaAnswer(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now)
{
    public JsonObject Whole()
    {
        var message = Message(content.Text);
        if (reply.Reasoning is not null)
            message["thinking"] = reply.Reasoning;
        if (content.ToolCalls.Count > 0)
            message["tool_calls"] = new JsonArray([.. content.ToolCalls.Select(ToolCall)]);
        return End(message);
    }

    public async Task StreamAsync(WireWriter wire)
    {
        foreach (var thought in content.Thoughts)
        {
            var message = Message("");
            message["thinking"] = thought;
            await SendAsync(wire, Line(message));
        }
        for (var i = 0; i < content.Words.Count; i++)
        {
            await wire.PaceAsync();
            await SendAsync(wire, Line(Message(content.Words[i])));
            await wire.MisbehaveAfterAsync(i, content.Words.Count);
        }
        for (var i = 0; i < content.ToolCalls.Count; i++)
        {
            var message = Message("");
            message["tool_calls"] = new JsonArray(ToolCall(content.ToolCalls[i], i));
            await SendAsync(wire, Line(message));
        }
        if (!reply.WithoutFinish)
            await SendAsync(wire, End(Message("")));
    }

    private static Task SendAsync(WireWriter wire, JsonObject line) => wire.WriteAsync(line.ToJsonString(AnswerContent.Relaxed) + "\n");

    private JsonObject Line(JsonObject message) => new()
    {
        ["model"] = request.Model,
        ["created_at"] = now.ToString("O"),
        ["message"] = message,
        ["done"] = false,
    };

    private JsonObject End(JsonObject message)
    {
        var line = Line(message);
        line["done"] = true;
        line["done_reason"] = reply.FinishReason ?? (content.IsCut ? "length" : "stop");
        line["total_duration"] = 900_000_000;
        if (reply.UsagePlace is UsagePlace.Nowhere)
            return line;
        line["prompt_eval_count"] = content.Usage(content.Words.Count).Input;
        line["eval_count"] = content.Usage(content.Words.Count).Output;
        return line;
    }

    private static JsonObject Message(string text) => new() { ["role"] = "assistant", ["content"] = text };

    private static JsonObject ToolCall(ReplyToolCall call, int index)
    {
        var function = new JsonObject { ["index"] = index, ["name"] = call.Name, ["arguments"] = JsonNode.Parse(call.Arguments) };
        return call.Id is null ? new JsonObject { ["function"] = function } : new JsonObject { ["id"] = call.Id, ["function"] = function };
    }
}
