using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Atrium.Simulators.OpenAiChat;

/// <summary>Builds a good answer, whole or as chunks.</summary>
internal sealed partial class OpenAiAnswer(OpenAiRequest request, Reply reply, long created)
{
    private const string Id = "chatcmpl-simulated";

    private int _outputTokens;

    public static int Tokens(string text) => Word().Count(text);

    public JsonObject Whole()
    {
        var (words, isCut) = Words();
        _outputTokens = words.Count;
        var message = new JsonObject { ["role"] = "assistant", ["content"] = string.Concat(words), ["refusal"] = null, ["annotations"] = new JsonArray() };
        if (reply.Reasoning is not null)
            message["reasoning_content"] = reply.Reasoning;
        if (ToolCalls() is { Count: > 0 } calls)
            message["tool_calls"] = new JsonArray([.. calls.Select((call, index) => ToolCall(call, index, call.Arguments, withIndex: false))]);
        var whole = Envelope("chat.completion", new JsonObject
        {
            ["index"] = 0,
            ["message"] = message,
            ["logprobs"] = null,
            ["finish_reason"] = FinishReason(isCut),
        });
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            whole["usage"] = Usage();
        return whole;
    }

    public async Task StreamAsync(WireWriter wire)
    {
        var (words, isCut) = Words();
        await SendAsync(wire, Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }));
        foreach (var thought in Split(reply.Reasoning ?? ""))
            await SendAsync(wire, Chunk(new JsonObject { ["reasoning_content"] = thought }));
        for (var i = 0; i < words.Count; i++)
        {
            await wire.PaceAsync();
            _outputTokens++;
            await SendAsync(wire, Chunk(new JsonObject { ["content"] = words[i] }));
            if (i == words.Count / 2)
                await MisbehaveAsync(wire);
        }
        foreach (var chunk in ToolCallChunks())
            await SendAsync(wire, chunk);
        await EndAsync(wire, isCut);
    }

    /// <summary>Calls come in pieces of a few letters, those of two calls interleaved as some services do.</summary>
    private IEnumerable<JsonObject> ToolCallChunks()
    {
        var calls = ToolCalls();
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

    private async Task EndAsync(WireWriter wire, bool isCut)
    {
        if (!reply.WithoutFinish)
        {
            var finish = Chunk(new JsonObject(), FinishReason(isCut));
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

    private async Task MisbehaveAsync(WireWriter wire)
    {
        if (reply.Fault is Fault.BrokenChunk)
            await wire.WriteAsync("data: {\"id\":\"chatcmpl-simulated\",\"choices\":[{\"index\":0,\"delta\":{\"con\n\n");
        if (reply.Fault is not Fault.ErrorInside)
            return;
        await wire.WriteAsync($"data: {OpenAiErrors.Body("The server had an error while processing your request.", "server_error", code: null).ToJsonString()}\n\n");
        await wire.EndAsync();
        throw new BodyEndedException();
    }

    private async Task SendAsync(WireWriter wire, JsonObject chunk)
    {
        if (reply.UsagePlace is UsagePlace.OnEveryChunk)
            chunk["usage"] = Usage();
        if (reply.Comments)
            await wire.WriteAsync(": keep-alive\n\n");
        await wire.WriteAsync($"data: {chunk.ToJsonString(Relaxed)}\n\n");
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
        var usage = reply.Usage ?? new ReplyUsage(request.InputTokens, _outputTokens, Reasoning: Tokens(reply.Reasoning ?? ""));
        return new JsonObject
        {
            ["prompt_tokens"] = usage.Input,
            ["completion_tokens"] = usage.Output,
            ["total_tokens"] = usage.Input + usage.Output,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached, ["audio_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning, ["audio_tokens"] = 0 },
        };
    }

    private string FinishReason(bool isCut) =>
        reply.FinishReason ?? (ToolCalls().Count > 0 ? "tool_calls" : isCut ? "length" : "stop");

    private (IReadOnlyList<string> Words, bool IsCut) Words()
    {
        var text = reply.Text ?? (reply.Words is { } count ? Samples.Words(count) : ToolCalls().Count > 0 ? "" : Sentence());
        var words = Split(text);
        return request.MaxTokens is { } limit && limit < words.Count ? (words[..limit], true) : (words, false);
    }

    private string Sentence() => (request.Images, request.HasToolResult) switch
    {
        (_, true) => "The tool has answered.",
        (0, _) => $"This is a simulated answer to: {request.Prompt}",
        (1, _) => $"I see 1 image. This is a simulated answer to: {request.Prompt}",
        _ => $"I see {request.Images} images. This is a simulated answer to: {request.Prompt}",
    };

    /// <summary>A call without a name means the first tool offered; after its result there is nothing left to call.</summary>
    private List<ReplyToolCall> ToolCalls() => request.HasToolResult && reply.Text is null
        ? []
        : [.. reply.ToolCalls
            .Select(call => call.Name.Length > 0 ? call : call with { Name = request.Tools.Count > 0 ? request.Tools[0] : "" })
            .Where(call => call.Name.Length > 0)];

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

    private static List<string> Split(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    // Letters go out as UTF-8, not as escapes: a client must cope with a letter split over two reads.
    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [GeneratedRegex(@"\s*\S+|\s+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
