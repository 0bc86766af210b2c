using System.Text.Json.Nodes;

namespace Atrium.Simulators.AnthropicMessages;

/// <summary>Builds a good message, whole or as events.</summary>
internal sealed class AnthropicAnswer(ChatRequest request, Reply reply, AnswerContent content)
{
    private int _block = -1;

    public JsonObject Whole()
    {
        var message = Message(StopReason());
        var blocks = message["content"]!.AsArray();
        if (content.Thoughts.Count > 0)
            blocks.Add(new JsonObject { ["type"] = "thinking", ["thinking"] = reply.Reasoning, ["signature"] = reply.Signature ?? "sig-simulated" });
        if (reply.RedactedReasoning is not null)
            blocks.Add(new JsonObject { ["type"] = "redacted_thinking", ["data"] = reply.RedactedReasoning });
        if (content.Words.Count > 0)
            blocks.Add(new JsonObject { ["type"] = "text", ["text"] = content.Text });
        for (var i = 0; i < content.ToolCalls.Count; i++)
            blocks.Add(ToolUse(i, JsonNode.Parse(content.ToolCalls[i].Arguments)!));
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            message["usage"] = Usage(content.Words.Count);
        return message;
    }

    public async Task StreamAsync(WireWriter wire)
    {
        var message = Message(stopReason: null);
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            message["usage"] = Usage(words: 1);
        await SendAsync(wire, "message_start", new JsonObject { ["message"] = message });
        await SendAsync(wire, "ping", []);
        await ThinkAsync(wire);
        await SayAsync(wire);
        for (var i = 0; i < content.ToolCalls.Count; i++)
            await CallAsync(wire, i);
        if (!reply.WithoutFinish)
            await EndAsync(wire);
        if (!reply.WithoutEnd)
            await SendAsync(wire, "message_stop", []);
    }

    private async Task ThinkAsync(WireWriter wire)
    {
        if (content.Thoughts.Count > 0)
        {
            await StartAsync(wire, new JsonObject { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" });
            foreach (var thought in content.Thoughts)
                await DeltaAsync(wire, "thinking_delta", "thinking", thought);
            await DeltaAsync(wire, "signature_delta", "signature", reply.Signature ?? "sig-simulated");
            await StopAsync(wire);
        }
        if (reply.RedactedReasoning is null)
            return;
        await StartAsync(wire, new JsonObject { ["type"] = "redacted_thinking", ["data"] = reply.RedactedReasoning });
        await StopAsync(wire);
    }

    private async Task SayAsync(WireWriter wire)
    {
        if (content.Words.Count == 0)
            return;
        await StartAsync(wire, new JsonObject { ["type"] = "text", ["text"] = "" });
        for (var i = 0; i < content.Words.Count; i++)
        {
            await wire.PaceAsync();
            await DeltaAsync(wire, "text_delta", "text", content.Words[i]);
            await wire.MisbehaveAfterAsync(i, content.Words.Count);
        }
        await StopAsync(wire);
    }

    /// <summary>The input comes in pieces of a few letters; of an empty one there is a single empty piece.</summary>
    private async Task CallAsync(WireWriter wire, int call)
    {
        await StartAsync(wire, ToolUse(call, new JsonObject()));
        await DeltaAsync(wire, "input_json_delta", "partial_json", "");
        var arguments = content.ToolCalls[call].Arguments;
        for (var at = 0; arguments is not "{}" && at < arguments.Length; at += 3)
            await DeltaAsync(wire, "input_json_delta", "partial_json", arguments.Substring(at, Math.Min(3, arguments.Length - at)));
        await StopAsync(wire);
    }

    private Task EndAsync(WireWriter wire)
    {
        var end = new JsonObject { ["delta"] = new JsonObject { ["stop_reason"] = StopReason(), ["stop_sequence"] = null } };
        if (reply.UsagePlace is not UsagePlace.Nowhere)
        {
            end["usage"] = new JsonObject { ["output_tokens"] = content.Usage(content.Words.Count).Output };
            if (content.Usage(0).Reasoning > 0)
                end["usage"]!["output_tokens_details"] = new JsonObject { ["thinking_tokens"] = content.Usage(0).Reasoning };
        }
        return SendAsync(wire, "message_delta", end);
    }

    private Task StartAsync(WireWriter wire, JsonObject block) =>
        SendAsync(wire, "content_block_start", new JsonObject { ["index"] = ++_block, ["content_block"] = block });

    private Task StopAsync(WireWriter wire) => SendAsync(wire, "content_block_stop", new JsonObject { ["index"] = _block });

    private Task DeltaAsync(WireWriter wire, string type, string member, string piece) =>
        SendAsync(wire, "content_block_delta", new JsonObject { ["index"] = _block, ["delta"] = new JsonObject { ["type"] = type, [member] = piece } });

    private async Task SendAsync(WireWriter wire, string type, JsonObject data)
    {
        if (reply.Comments)
            await wire.WriteAsync("event: ping\ndata: {\"type\": \"ping\"}\n\n");
        data.Insert(0, "type", type);
        await wire.WriteAsync($"event: {type}\ndata: {data.ToJsonString(AnswerContent.Relaxed)}\n\n");
    }

    private JsonObject Message(string? stopReason) => new()
    {
        ["id"] = "msg_simulated",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = request.Model,
        ["content"] = new JsonArray(),
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
    };

    /// <summary>This wire counts input without what the cache had and got.</summary>
    private JsonObject Usage(int words)
    {
        var usage = content.Usage(words);
        var counts = new JsonObject
        {
            ["input_tokens"] = usage.Input - usage.Cached - usage.CacheWrite,
            ["cache_creation_input_tokens"] = usage.CacheWrite,
            ["cache_read_input_tokens"] = usage.Cached,
            ["output_tokens"] = usage.Output,
            ["service_tier"] = "standard",
        };
        if (usage.Reasoning > 0)
            counts["output_tokens_details"] = new JsonObject { ["thinking_tokens"] = usage.Reasoning };
        return counts;
    }

    private JsonObject ToolUse(int call, JsonNode input) => new()
    {
        ["type"] = "tool_use",
        ["id"] = content.ToolCalls[call].Id ?? $"toolu_simulated_{call}",
        ["name"] = content.ToolCalls[call].Name,
        ["input"] = input,
    };

    private string StopReason() =>
        reply.FinishReason ?? (content.ToolCalls.Count > 0 ? "tool_use" : content.IsCut ? "max_tokens" : "end_turn");
}
