using System.Text.Json.Nodes;

namespace Atrium.Simulators.OciGenAiChat;

/// <summary>Builds a good answer in the form of the request, whole or as events.</summary>
internal sealed class OciAnswer(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now)
{
    public JsonObject Whole()
    {
        var response = request.IsOtherForm ? CohereEnd() : new JsonObject
        {
            ["apiFormat"] = "GENERIC",
            ["timeCreated"] = now.ToString("O"),
            ["choices"] = new JsonArray(WholeChoice()),
        };
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            response["usage"] = Usage();
        return new JsonObject { ["modelId"] = request.Model, ["modelVersion"] = "1.0.0", ["chatResponse"] = response };
    }

    public async Task StreamAsync(WireWriter wire)
    {
        foreach (var thought in content.Thoughts)
            await PieceAsync(wire, new JsonObject { ["role"] = "ASSISTANT", ["reasoningContent"] = thought });
        for (var i = 0; i < content.Words.Count; i++)
        {
            await wire.PaceAsync();
            await SayAsync(wire, content.Words[i]);
            await wire.MisbehaveAfterAsync(i, content.Words.Count);
        }
        for (var i = 0; i < content.ToolCalls.Count && !request.IsOtherForm; i++)
            await CallAsync(wire, i);
        var end = request.IsOtherForm ? CohereEnd() : new JsonObject { ["index"] = 0, ["message"] = new JsonObject { ["role"] = "ASSISTANT" }, ["finishReason"] = FinishReason() };
        if (reply.UsagePlace is UsagePlace.OnFinish)
            end["usage"] = Usage();
        if (!reply.WithoutFinish)
            await SendAsync(wire, end);
        if (reply.UsagePlace is not (UsagePlace.OnFinish or UsagePlace.Nowhere) && request.IncludeUsage)
            await SendAsync(wire, new JsonObject { ["usage"] = Usage() });
    }

    private Task SayAsync(WireWriter wire, string word) => request.IsOtherForm
        ? SendAsync(wire, new JsonObject { ["apiFormat"] = "COHERE", ["text"] = word })
        : PieceAsync(wire, new JsonObject { ["role"] = "ASSISTANT", ["content"] = Texts(word) });

    private async Task CallAsync(WireWriter wire, int call)
    {
        await PieceAsync(wire, new JsonObject { ["role"] = "ASSISTANT", ["toolCalls"] = new JsonArray(ToolCall(call, "")) });
        var arguments = content.ToolCalls[call].Arguments;
        for (var at = 0; at < arguments.Length; at += 3)
            await PieceAsync(wire, new JsonObject
            {
                ["role"] = "ASSISTANT",
                ["toolCalls"] = new JsonArray(new JsonObject { ["type"] = "FUNCTION", ["arguments"] = arguments.Substring(at, Math.Min(3, arguments.Length - at)) }),
            });
    }

    private Task PieceAsync(WireWriter wire, JsonObject message) => SendAsync(wire, new JsonObject { ["index"] = 0, ["message"] = message, ["pad"] = "aaaaaaaa" });

    private async Task SendAsync(WireWriter wire, JsonObject data)
    {
        if (reply.Comments)
            await wire.WriteAsync("event: ping\n\n");
        await wire.WriteAsync($"data: {data.ToJsonString(AnswerContent.Relaxed)}\n\n");
    }

    private JsonObject WholeChoice()
    {
        var message = new JsonObject { ["role"] = "ASSISTANT", ["content"] = Texts(content.Text) };
        if (reply.Reasoning is not null)
            message["reasoningContent"] = reply.Reasoning;
        if (content.ToolCalls.Count > 0)
            message["toolCalls"] = new JsonArray([.. content.ToolCalls.Select((call, i) => ToolCall(i, call.Arguments))]);
        return new JsonObject { ["index"] = 0, ["message"] = message, ["finishReason"] = FinishReason() };
    }

    /// <summary>Says the whole text again, and the calls.</summary>
    private JsonObject CohereEnd()
    {
        var end = new JsonObject { ["apiFormat"] = "COHERE", ["finishReason"] = reply.FinishReason ?? (content.IsCut ? "MAX_TOKENS" : "COMPLETE"), ["text"] = content.Text };
        if (content.ToolCalls.Count > 0)
            end["toolCalls"] = new JsonArray([.. content.ToolCalls.Select(call => new JsonObject { ["name"] = call.Name, ["parameters"] = JsonNode.Parse(call.Arguments) })]);
        return end;
    }

    private static JsonArray Texts(string text) => [new JsonObject { ["type"] = "TEXT", ["text"] = text }];

    private JsonObject ToolCall(int call, string arguments) => new()
    {
        ["id"] = content.ToolCalls[call].Id ?? $"call_simulated_{call}",
        ["type"] = "FUNCTION",
        ["name"] = content.ToolCalls[call].Name,
        ["arguments"] = arguments,
    };

    private JsonObject Usage()
    {
        var usage = content.Usage(content.Words.Count);
        return new JsonObject
        {
            ["promptTokens"] = usage.Input,
            ["completionTokens"] = usage.Output,
            ["totalTokens"] = usage.Input + usage.Output,
            ["promptTokensDetails"] = new JsonObject { ["cachedTokens"] = usage.Cached },
            ["completionTokensDetails"] = new JsonObject { ["reasoningTokens"] = usage.Reasoning },
        };
    }

    private string FinishReason() => reply.FinishReason ?? (content.ToolCalls.Count > 0 ? "tool_calls" : content.IsCut ? "length" : "stop");
}
