using System.Text.Json.Nodes;

namespace Atrium.Simulators.CohereChat;

/// <summary>Builds a good answer, whole or as events.</summary>
internal sealed class CohereAnswer(Reply reply, AnswerContent content)
{
    private int _index;

    public JsonObject Whole()
    {
        var parts = new JsonArray();
        if (content.Thoughts.Count > 0)
            parts.Add(new JsonObject { ["type"] = "thinking", ["thinking"] = reply.Reasoning });
        if (content.Words.Count > 0)
            parts.Add(new JsonObject { ["type"] = "text", ["text"] = content.Text });
        var message = new JsonObject { ["role"] = "assistant", ["content"] = parts };
        if (content.ToolCalls.Count > 0)
            message["tool_calls"] = new JsonArray([.. content.ToolCalls.Select((call, i) => ToolCall(i, call.Arguments))]);
        if (reply.Citations.Count > 0)
            message["citations"] = new JsonArray([.. reply.Citations.Select(Citation)]);
        var whole = new JsonObject { ["id"] = "simulated", ["finish_reason"] = FinishReason(), ["message"] = message };
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            whole["usage"] = Usage();
        return whole;
    }

    public async Task StreamAsync(WireWriter wire)
    {
        await SendAsync(wire, "message-start", new JsonObject { ["id"] = "simulated", ["delta"] = Message("role", "assistant") });
        await SayAsync(wire, "thinking", content.Thoughts, isPaced: false);
        await SayAsync(wire, "text", content.Words, isPaced: true);
        for (var i = 0; i < content.ToolCalls.Count; i++)
            await CallAsync(wire, i);
        foreach (var citation in reply.Citations)
        {
            await SendAsync(wire, "citation-start", new JsonObject { ["index"] = 0, ["delta"] = Message("citations", Citation(citation)) });
            await SendAsync(wire, "citation-end", new JsonObject { ["index"] = 0 });
        }
        if (reply.WithoutFinish)
            return;
        var end = new JsonObject { ["finish_reason"] = FinishReason() };
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            end["usage"] = Usage();
        await SendAsync(wire, "message-end", new JsonObject { ["id"] = "simulated", ["delta"] = end });
    }

    private async Task SayAsync(WireWriter wire, string kind, IReadOnlyList<string> pieces, bool isPaced)
    {
        if (pieces.Count == 0)
            return;
        await SendAsync(wire, "content-start", Indexed(Message("content", new JsonObject { ["type"] = kind, [kind] = "" })));
        for (var i = 0; i < pieces.Count; i++)
        {
            if (isPaced)
                await wire.PaceAsync();
            await SendAsync(wire, "content-delta", Indexed(Message("content", new JsonObject { [kind] = pieces[i] })));
            if (isPaced)
                await wire.MisbehaveAfterAsync(i, pieces.Count);
        }
        await SendAsync(wire, "content-end", new JsonObject { ["index"] = _index++ });
    }

    /// <summary>Here a call inside a delta is an object, not a list.</summary>
    private async Task CallAsync(WireWriter wire, int call)
    {
        await SendAsync(wire, "tool-call-start", new JsonObject { ["index"] = call, ["delta"] = Message("tool_calls", ToolCall(call, "")) });
        var arguments = content.ToolCalls[call].Arguments;
        for (var at = 0; at < arguments.Length; at += 3)
        {
            var piece = new JsonObject { ["function"] = new JsonObject { ["arguments"] = arguments.Substring(at, Math.Min(3, arguments.Length - at)) } };
            await SendAsync(wire, "tool-call-delta", new JsonObject { ["index"] = call, ["delta"] = Message("tool_calls", piece) });
        }
        await SendAsync(wire, "tool-call-end", new JsonObject { ["index"] = call });
    }

    private JsonObject Indexed(JsonObject delta) => new() { ["index"] = _index, ["delta"] = delta };

    private static JsonObject Message(string member, JsonNode value) => new() { ["message"] = new JsonObject { [member] = value } };

    private static Task SendAsync(WireWriter wire, string type, JsonObject data)
    {
        data.Insert(0, "type", type);
        return wire.WriteAsync($"event: {type}\ndata: {data.ToJsonString(AnswerContent.Relaxed)}\n\n");
    }

    private JsonObject ToolCall(int call, string arguments) => new()
    {
        ["id"] = content.ToolCalls[call].Id ?? $"{content.ToolCalls[call].Name}_simulated{call}",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = content.ToolCalls[call].Name, ["arguments"] = arguments },
    };

    private static JsonObject Citation(string address) => new()
    {
        ["start"] = 0,
        ["end"] = 4,
        ["text"] = "This",
        ["sources"] = new JsonArray(new JsonObject { ["type"] = "document", ["id"] = "doc:0", ["document"] = new JsonObject { ["id"] = "doc:0", ["url"] = address, ["title"] = "A page" } }),
    };

    private JsonObject Usage()
    {
        var usage = content.Usage(content.Words.Count);
        return new JsonObject
        {
            ["billed_units"] = new JsonObject { ["input_tokens"] = usage.Input, ["output_tokens"] = usage.Output },
            ["tokens"] = new JsonObject { ["input_tokens"] = usage.Input + 60, ["output_tokens"] = usage.Output + 2 },
            ["cached_tokens"] = usage.Cached,
        };
    }

    private string FinishReason() =>
        reply.FinishReason ?? (content.ToolCalls.Count > 0 ? "TOOL_CALL" : content.IsCut ? "MAX_TOKENS" : "COMPLETE");
}
