using System.Text.Json.Nodes;

namespace Atrium.Simulators.GeminiGenerateContent;

/// <summary>Builds a good response, whole or as events. Each event counts everything so far.</summary>
internal sealed class GeminiAnswer(ChatRequest request, Reply reply, AnswerContent content)
{
    private int _words;

    public JsonObject Whole()
    {
        _words = content.Words.Count;
        var parts = new JsonArray();
        if (content.Thoughts.Count > 0)
            parts.Add(Thought(reply.Reasoning!));
        if (content.Words.Count > 0)
            parts.Add(new JsonObject { ["text"] = content.Text });
        foreach (var call in Calls())
            parts.Add(call);
        if (request.IsOtherForm)
            parts.Add(new JsonObject { ["inlineData"] = new JsonObject { ["mimeType"] = "image/png", ["data"] = Samples.OnePixel } });
        return Response(parts, FinishReason());
    }

    public async Task StreamAsync(WireWriter wire)
    {
        foreach (var thought in content.Thoughts)
            await SendAsync(wire, Response([Thought(thought)]));
        for (var i = 0; i < content.Words.Count; i++)
        {
            await wire.PaceAsync();
            _words++;
            await SendAsync(wire, Response([new JsonObject { ["text"] = content.Words[i] }]));
            await wire.MisbehaveAfterAsync(i, content.Words.Count);
        }
        foreach (var call in Calls())
            await SendAsync(wire, Response([call]));
        if (!reply.WithoutFinish)
            await SendAsync(wire, Response([End()], FinishReason()));
    }

    private async Task SendAsync(WireWriter wire, JsonObject response)
    {
        if (reply.Comments)
            await wire.WriteAsync(": keep-alive\n\n");
        await wire.WriteAsync($"data: {response.ToJsonString(AnswerContent.Relaxed)}\n\n");
    }

    private JsonObject Response(JsonArray parts, string? finishReason = null)
    {
        var candidate = new JsonObject { ["content"] = new JsonObject { ["parts"] = parts, ["role"] = "model" }, ["index"] = 0 };
        if (finishReason is not null)
            candidate["finishReason"] = finishReason;
        if (finishReason is not null && reply.Citations.Count > 0)
            candidate["groundingMetadata"] = new JsonObject
            {
                ["groundingChunks"] = new JsonArray([.. reply.Citations.Select(page => new JsonObject { ["web"] = new JsonObject { ["uri"] = page, ["title"] = page } })]),
            };
        var response = new JsonObject { ["candidates"] = new JsonArray(candidate), ["modelVersion"] = request.Model, ["responseId"] = "simulated" };
        if (reply.UsagePlace is not UsagePlace.Nowhere)
            response["usageMetadata"] = Usage();
        return response;
    }

    /// <summary>The signature of an answer without a call comes with an empty text at its end.</summary>
    private JsonObject End()
    {
        var end = new JsonObject { ["text"] = "" };
        if (reply.Signature is not null && content.ToolCalls.Count == 0)
            end["thoughtSignature"] = reply.Signature;
        return end;
    }

    private IEnumerable<JsonObject> Calls()
    {
        for (var i = 0; i < content.ToolCalls.Count; i++)
        {
            var (name, arguments, id) = content.ToolCalls[i];
            var call = new JsonObject { ["name"] = name, ["args"] = JsonNode.Parse(arguments) };
            if (id is not null)
                call["id"] = id;
            var part = new JsonObject { ["functionCall"] = call };
            // Of calls made together only the first is signed.
            if (i == 0 && reply.Signature is not null)
                part["thoughtSignature"] = reply.Signature;
            yield return part;
        }
    }

    private static JsonObject Thought(string text) => new() { ["text"] = text, ["thought"] = true };

    /// <summary>This wire counts thoughts beside the answer.</summary>
    private JsonObject Usage()
    {
        var usage = content.Usage(_words);
        var answer = Math.Max(0, usage.Output - usage.Reasoning);
        var counts = new JsonObject
        {
            ["promptTokenCount"] = usage.Input,
            ["candidatesTokenCount"] = answer,
            ["totalTokenCount"] = usage.Input + answer + usage.Reasoning,
        };
        if (usage.Cached > 0)
            counts["cachedContentTokenCount"] = usage.Cached;
        if (usage.Reasoning > 0)
            counts["thoughtsTokenCount"] = usage.Reasoning;
        return counts;
    }

    private string FinishReason() => reply.FinishReason ?? (content.IsCut ? "MAX_TOKENS" : "STOP");
}
