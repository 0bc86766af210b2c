using System.Text.Json.Nodes;

namespace Atrium.Simulators.OpenAiChat;

/// <summary>Builds a good answer, whole or as chunks.</summary>
internal sealed class OpenAiAnswer(ChatRequest request, Reply reply, AnswerContent content, long created)
{
    private const string Id = "chatcmpl-simulated";

    private int _outputTokens;

    public JsonObject Whole()
    {
        _outputTokens = content.Words.Count;
        var message = new JsonObject { ["role"] = "assistant", ["content"] = content.Text, ["refusal"] = null, ["annotations"] = new JsonArray() };
        if (reply.Reasoning is not null)
            message["reasoning_content"] = reply.Reasoning;
        if (content.ToolCalls.Count > 0)
            message["tool_calls"] = new JsonArray([.. content.ToolCalls.Select((call, index) => ToolCall(call, index, call.Arguments, withIndex: false))]);
        var whole = Envelope("chat.completion", new JsonObject
        {
            ["index"] = 0,
            ["message"] = message,
            ["logprobs"] = null,
            ["finish_reason"] = FinishReason(),
        });
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            whole["usage"] = Usage();
        return whole;
    }

    public async Task StreamAsync(WireWriter wire)
    {
        var words = content.Words;
        await SendAsync(wire, Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }));
        foreach (var thought in content.Thoughts)
            await SendAsync(wire, Chunk(new JsonObject { ["reasoning_content"] = thought }));
        for (var i = 0; i < words.Count; i++)
        {
            await wire.PaceAsync();
            _outputTokens++;
            await SendAsync(wire, Chunk(new JsonObject { ["content"] = words[i] }));
            await wire.MisbehaveAfterAsync(i, words.Count);
        }
        foreach (var chunk in ToolCallChunks())
            await SendAsync(wire, chunk);
        await EndAsync(wire);
    }

    /// <summary>Calls come in pieces of a few letters, those of two calls interleaved as some services do.</summary>
    private IEnumerable<JsonObject> ToolCallChunks()
    {
        var calls = content.ToolCalls;
        for (var i = 0; i < calls.Count; i++)
            yield return Chunk(new JsonObject { ["tool_calls"] = new JsonArray(ToolCall(calls[i], i, "", withIndex: true)) });
        for (var at = 0; calls.Any(call => at < call.Arguments.Length); at += 3)
            for (var i = 0; i < calls.Count; i++)
                if (at < calls[i].Arguments.Length)
                    yield return Chunk(new JsonObject
                    {
                        ["tool_calls"] = new JsonArray(new JsonObject
                        {
                            ["index"] = i,
                            ["function"] = new JsonObject { ["arguments"] = calls[i].Arguments.Substring(at, Math.Min(3, calls[i].Arguments.Length - at)) },
                        }),
                    });
    }

    private async Task EndAsync(WireWriter wire)
    {
        if (!reply.WithoutFinish)
        {
            var finish = Chunk(new JsonObject(), FinishReason());
            if (reply.UsagePlace is UsagePlace.OnFinish)
                finish["usage"] = Usage();
            if (reply.UsagePlace is UsagePlace.InExtra)
                finish["x_groq"] = new JsonObject { ["id"] = "req_simulated", ["usage"] = Usage() };
            await SendAsync(wire, finish);
        }
        if (reply.UsagePlace is UsagePlace.WhenAsked && request.IncludeUsage)
        {
            var last = Envelope("chat.completion.chunk");
            last["usage"] = Usage();
            await SendAsync(wire, last);
        }
        if (!reply.WithoutEnd)
            await wire.WriteAsync("data: [DONE]\n\n");
    }

    private async Task SendAsync(WireWriter wire, JsonObject chunk)
    {
        if (reply.UsagePlace is UsagePlace.OnEveryChunk)
            chunk["usage"] = Usage();
        if (reply.Comments)
            await wire.WriteAsync(": keep-alive\n\n");
        await wire.WriteAsync($"data: {chunk.ToJsonString(AnswerContent.Relaxed)}\n\n");
    }

    private JsonObject Chunk(JsonObject delta, string? finishReason = null) => Envelope("chat.completion.chunk", new JsonObject
    {
        ["index"] = 0,
        ["delta"] = delta,
        ["logprobs"] = null,
        ["finish_reason"] = finishReason,
    });

    private JsonObject Envelope(string kind, JsonObject? choice = null)
    {
        var envelope = new JsonObject
        {
            ["id"] = Id,
            ["object"] = kind,
            ["created"] = created,
            ["model"] = request.Model,
            ["choices"] = choice is null ? [] : new JsonArray(choice),
        };
        if (reply.Citations.Count > 0)
            envelope["citations"] = new JsonArray([.. reply.Citations.Select(citation => JsonValue.Create(citation))]);
        return envelope;
    }

    private JsonObject Usage()
    {
        var usage = content.Usage(_outputTokens);
        return new JsonObject
        {
            ["prompt_tokens"] = usage.Input,
            ["completion_tokens"] = usage.Output,
            ["total_tokens"] = usage.Input + usage.Output,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached, ["audio_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning, ["audio_tokens"] = 0 },
        };
    }

    private string FinishReason() =>
        reply.FinishReason ?? (content.ToolCalls.Count > 0 ? "tool_calls" : content.IsCut ? "length" : "stop");

    private static JsonObject ToolCall(ReplyToolCall call, int index, string arguments, bool withIndex)
    {
        var json = new JsonObject
        {
            ["id"] = call.Id ?? $"call_simulated_{index}",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = arguments },
        };
        if (withIndex)
            json["index"] = index;
        return json;
    }
}
