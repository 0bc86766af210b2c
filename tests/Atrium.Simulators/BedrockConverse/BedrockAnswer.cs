using System.Text.Json.Nodes;

namespace Atrium.Simulators.BedrockConverse;

/// <summary>Builds a good message, whole or as frames.</summary>
internal sealed class BedrockAnswer(Reply reply, AnswerContent content)
{
    private int _block = -1;

    public JsonObject Whole()
    {
        var blocks = new JsonArray();
        if (content.Thoughts.Count > 0)
            blocks.Add(Thought(new JsonObject { ["reasoningText"] = new JsonObject { ["text"] = reply.Reasoning, ["signature"] = reply.Signature ?? "sig-simulated" } }));
        if (reply.RedactedReasoning is not null)
            blocks.Add(Thought(new JsonObject { ["redactedContent"] = reply.RedactedReasoning }));
        if (content.Words.Count > 0)
            blocks.Add(new JsonObject { ["text"] = content.Text });
        for (var i = 0; i < content.ToolCalls.Count; i++)
        {
            var use = Use(i);
            use["input"] = JsonNode.Parse(content.ToolCalls[i].Arguments);
            blocks.Add(new JsonObject { ["toolUse"] = use });
        }
        var whole = new JsonObject
        {
            ["output"] = new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = blocks } },
            ["stopReason"] = StopReason(),
            ["metrics"] = new JsonObject { ["latencyMs"] = 7 },
        };
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            whole["usage"] = Usage();
        return whole;
    }

    public async Task StreamAsync(WireWriter wire)
    {
        await SendAsync(wire, "messageStart", new JsonObject { ["role"] = "assistant" });
        await ThinkAsync(wire);
        await SayAsync(wire);
        for (var i = 0; i < content.ToolCalls.Count; i++)
            await CallAsync(wire, i);
        if (reply.WithoutFinish)
            return;
        await SendAsync(wire, "messageStop", new JsonObject { ["stopReason"] = StopReason() });
        if (reply.WithoutEnd)
            return;
        var metadata = new JsonObject { ["metrics"] = new JsonObject { ["latencyMs"] = 7 } };
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            metadata["usage"] = Usage();
        await SendAsync(wire, "metadata", metadata);
    }

    private async Task ThinkAsync(WireWriter wire)
    {
        if (content.Thoughts.Count > 0)
        {
            _block++;
            foreach (var thought in content.Thoughts)
                await DeltaAsync(wire, Thought(new JsonObject { ["text"] = thought }));
            await DeltaAsync(wire, Thought(new JsonObject { ["signature"] = reply.Signature ?? "sig-simulated" }));
            await StopAsync(wire);
        }
        if (reply.RedactedReasoning is null)
            return;
        _block++;
        await DeltaAsync(wire, Thought(new JsonObject { ["redactedContent"] = reply.RedactedReasoning }));
        await StopAsync(wire);
    }

    private async Task SayAsync(WireWriter wire)
    {
        if (content.Words.Count == 0)
            return;
        _block++;
        for (var i = 0; i < content.Words.Count; i++)
        {
            await wire.PaceAsync();
            await DeltaAsync(wire, new JsonObject { ["text"] = content.Words[i] });
            await wire.MisbehaveAfterAsync(i, content.Words.Count);
        }
        await StopAsync(wire);
    }

    private async Task CallAsync(WireWriter wire, int call)
    {
        _block++;
        await SendAsync(wire, "contentBlockStart", new JsonObject { ["contentBlockIndex"] = _block, ["start"] = new JsonObject { ["toolUse"] = Use(call) } });
        var arguments = content.ToolCalls[call].Arguments;
        for (var at = 0; arguments is not "{}" && at < arguments.Length; at += 3)
            await DeltaAsync(wire, new JsonObject { ["toolUse"] = new JsonObject { ["input"] = arguments.Substring(at, Math.Min(3, arguments.Length - at)) } });
        await StopAsync(wire);
    }

    private Task DeltaAsync(WireWriter wire, JsonObject delta) =>
        SendAsync(wire, "contentBlockDelta", new JsonObject { ["contentBlockIndex"] = _block, ["delta"] = delta });

    private Task StopAsync(WireWriter wire) => SendAsync(wire, "contentBlockStop", new JsonObject { ["contentBlockIndex"] = _block });

    /// <summary>Padding hides how long a piece is.</summary>
    private static Task SendAsync(WireWriter wire, string type, JsonObject payload)
    {
        payload["p"] = "abcdefghijkl";
        return wire.WriteAsync(EventStreamFrame.Write("event", type, payload));
    }

    private static JsonObject Thought(JsonObject content) => new() { ["reasoningContent"] = content };

    private JsonObject Use(int call) => new()
    {
        ["toolUseId"] = content.ToolCalls[call].Id ?? $"tooluse_simulated_{call}",
        ["name"] = content.ToolCalls[call].Name,
    };

    /// <summary>This wire counts input without what the cache had and got.</summary>
    private JsonObject Usage()
    {
        var usage = content.Usage(content.Words.Count);
        var fresh = usage.Input - usage.Cached - usage.CacheWrite;
        return new JsonObject
        {
            ["inputTokens"] = fresh,
            ["outputTokens"] = usage.Output,
            ["totalTokens"] = usage.Input + usage.Output,
            ["cacheReadInputTokens"] = usage.Cached,
            ["cacheWriteInputTokens"] = usage.CacheWrite,
        };
    }

    private string StopReason() =>
        reply.FinishReason ?? (content.ToolCalls.Count > 0 ? "tool_use" : content.IsCut ? "max_tokens" : "end_turn");
}
