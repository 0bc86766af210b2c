using System.Text.Json.Nodes;

namespace Atrium.Simulators.WatsonxChat;

/// <summary>Builds a good answer, whole or as numbered events; the last one has the counts and no choice.</summary>
internal sealed class WatsonxAnswer(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now)
{
    private int _event;

    public JsonObject Whole()
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = content.Text };
        if (reply.Reasoning is not null)
            message["reasoning_content"] = reply.Reasoning;
        if (content.ToolCalls.Count > 0)
            message["tool_calls"] = new JsonArray([.. content.ToolCalls.Select((call, i) => ToolCall(i, call.Arguments))]);
        var whole = Envelope(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = FinishReason() });
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            whole["usage"] = Usage();
        return whole;
    }

    public async Task StreamAsync(WireWriter wire)
    {
        await DeltaAsync(wire, new JsonObject { ["role"] = "assistant", ["content"] = "" });
        foreach (var thought in content.Thoughts)
            await DeltaAsync(wire, new JsonObject { ["reasoning_content"] = thought });
        for (var i = 0; i < content.Words.Count; i++)
        {
            await wire.PaceAsync();
            await DeltaAsync(wire, new JsonObject { ["content"] = content.Words[i] });
            await wire.MisbehaveAfterAsync(i, content.Words.Count);
        }
        for (var i = 0; i < content.ToolCalls.Count; i++)
            await CallAsync(wire, i);
        if (!reply.WithoutFinish)
            await SendAsync(wire, Envelope(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject(), ["finish_reason"] = FinishReason() }));
        if (reply.UsagePlace is UsagePlace.Nowhere || reply.WithoutEnd)
            return;
        var last = Envelope(choice: null);
        last["usage"] = Usage();
        await SendAsync(wire, last);
    }

    private async Task CallAsync(WireWriter wire, int call)
    {
        await DeltaAsync(wire, new JsonObject { ["tool_calls"] = new JsonArray(ToolCall(call, "")) });
        var arguments = content.ToolCalls[call].Arguments;
        for (var at = 0; at < arguments.Length; at += 3)
            await DeltaAsync(wire, new JsonObject
            {
                ["tool_calls"] = new JsonArray(new JsonObject
                {
                    ["index"] = call,
                    ["function"] = new JsonObject { ["name"] = "", ["arguments"] = arguments.Substring(at, Math.Min(3, arguments.Length - at)) },
                }),
            });
    }

    private Task DeltaAsync(WireWriter wire, JsonObject delta) => SendAsync(wire, Envelope(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = null }));

    private async Task SendAsync(WireWriter wire, JsonObject data)
    {
        if (reply.Comments)
            await wire.WriteAsync(": keep-alive\n\n");
        await wire.WriteAsync($"id: {++_event}\nevent: message\ndata: {data.ToJsonString(AnswerContent.Relaxed)}\n\n");
    }

    private JsonObject Envelope(JsonObject? choice) => new()
    {
        ["id"] = "chat-simulated",
        ["model_id"] = request.Model,
        ["model"] = request.Model,
        ["choices"] = choice is null ? [] : new JsonArray(choice),
        ["created"] = now.ToUnixTimeSeconds(),
        ["created_at"] = now.ToString("O"),
        ["model_version"] = "1.0.0",
    };

    private JsonObject ToolCall(int call, string arguments) => new()
    {
        ["index"] = call,
        ["id"] = content.ToolCalls[call].Id ?? $"chatcmpl-tool-simulated{call}",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = content.ToolCalls[call].Name, ["arguments"] = arguments },
    };

    private JsonObject Usage()
    {
        var usage = content.Usage(content.Words.Count);
        return new JsonObject
        {
            ["prompt_tokens"] = usage.Input,
            ["completion_tokens"] = usage.Output,
            ["total_tokens"] = usage.Input + usage.Output,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached },
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
        };
    }

    private string FinishReason() => reply.FinishReason ?? (content.ToolCalls.Count > 0 ? "tool_calls" : content.IsCut ? "length" : "stop");
}
