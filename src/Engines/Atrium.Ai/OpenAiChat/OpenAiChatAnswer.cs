using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Reads chunks of a completion.</summary>
internal sealed class OpenAiChatAnswer(ProviderCall call, ProviderExchange exchange) : IAnswer
{
    private readonly ToolCallAssembler _toolCalls = new(exchange);
    private readonly ReasoningDetails _reasoningDetails = new(exchange);
    private readonly Citations _citations = new();
    private readonly ThinkTagSplitter? _thinkTags = call.Provider.Deviations.ThinkTags ? new ThinkTagSplitter() : null;
    private string? _id;
    private string? _model;
    private string? _finishReason;
    private bool _hasChoice;
    private bool _hasDelta;

    public bool IsDone { get; set; }

    public bool HasBegun { get; private set; }

    public bool IsFinished => _finishReason is not null;

    public UsageDetails? Usage { get; private set; }

    public ChatResponseUpdate? Read(JsonElement chunk)
    {
        // Some hosts wrap an error in a list.
        if (chunk.ValueKind is JsonValueKind.Array && chunk.GetArrayLength() > 0)
            chunk = chunk[0];
        if (chunk.ValueKind is not JsonValueKind.Object)
            throw exchange.Malformed("a piece of the answer is not an object");
        HasBegun = true;
        ReadEnvelope(chunk);
        ThrowIfError(chunk);
        if (Json.Array(chunk, "choices") is not { } choices)
            return null;
        ChatResponseUpdate? update = null;
        foreach (var choice in choices.EnumerateArray())
            if (choice.ValueKind is JsonValueKind.Object && (Json.Integer(choice, "index") ?? 0) == 0)
                update = ReadChoice(choice);
        return update;
    }

    public ChatResponseUpdate? ReadWhole(JsonElement answer)
    {
        var update = Read(answer);
        if (!_hasChoice)
            throw exchange.Malformed("the answer has no choices");
        IsDone = true;
        return update;
    }

    public ChatResponseUpdate End()
    {
        if (!IsDone && !IsFinished)
            throw exchange.Truncated();
        if (!_hasChoice)
            throw exchange.Malformed("the stream has no answer in it");
        var update = Update();
        AddText(update, _thinkTags?.End());
        _reasoningDetails.AddTo(update.Contents);
        _toolCalls.AddTo(update.Contents);
        _citations.AddTo(update.Contents);
        if (Usage is not null)
            update.Contents.Add(new UsageContent(Usage));
        update.FinishReason = FinishReason();
        return update;
    }

    private void ReadEnvelope(JsonElement chunk)
    {
        // Azure's first chunk, which is about its filter, has both and leaves them empty.
        _id ??= Name(chunk, "id");
        _model ??= Name(chunk, "model") ?? Name(chunk, "model_id");
        var usage = Json.Object(chunk, "usage") ?? (Json.Object(chunk, "x_groq") is { } extra ? Json.Object(extra, "usage") : null);
        // Cumulative where it comes more than once: the last one counts.
        if (usage is { } counts)
            Usage = OpenAiUsage.Read(counts, call.Provider) ?? Usage;
        OpenAiCitations.Read(_citations, chunk);
    }

    private static string? Name(JsonElement chunk, string member) => Json.String(chunk, member) is { Length: > 0 } name ? Json.Short(name) : null;

    private void ThrowIfError(JsonElement chunk)
    {
        if (IsError(chunk))
            throw call.Transport.Errors.ReadInBand(chunk);
        if (Json.Object(chunk, "x_groq") is { } extra && IsError(extra))
            throw call.Transport.Errors.ReadInBand(extra);
        // vLLM's older form has no wrapper.
        if (Json.String(chunk, "object") is "error")
            throw call.Transport.Errors.ReadInBand(chunk);
    }

    private static bool IsError(JsonElement element) =>
        (element.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        || Json.Array(element, "errors") is not null;

    private ChatResponseUpdate? ReadChoice(JsonElement choice)
    {
        _hasChoice = true;
        if (Json.String(choice, "finish_reason") is { Length: > 0 } reason)
            _finishReason = Json.Short(reason);
        if (_finishReason is "error" or "cancelled" or "insufficient_system_resource")
            throw call.Transport.Errors.ReadInBand(choice);
        var update = Update();
        if (Delta(choice) is { } delta)
            ReadDelta(update, delta);
        if (Json.Object(choice, "logprobs") is { } logprobs && Json.Array(logprobs, "content") is { } tokens && tokens.GetArrayLength() > 0)
            update.Contents.Add(new AnswerDetail(AnswerDetail.Logprobs, tokens.Clone()));
        return update.Contents.Count > 0 ? update : null;
    }

    private void ReadDelta(ChatResponseUpdate update, JsonElement delta)
    {
        OpenAiCitations.ReadAnnotations(_citations, delta);
        AddReasoning(update, delta);
        AddContent(update, delta);
        if (Json.Array(delta, "tool_calls") is not { } toolCalls)
            return;
        _toolCalls.Pieces = Extras.Asks(call.Options, RequestKeys.ToolPieces) ? update.Contents : null;
        _toolCalls.Read(toolCalls);
    }

    /// <summary>The new part. Perplexity repeats the whole message beside it, which counts only when nothing came in parts.</summary>
    private JsonElement? Delta(JsonElement choice)
    {
        if (Json.Object(choice, "delta") is { } delta)
        {
            _hasDelta = true;
            return delta;
        }
        return _hasDelta ? null : Json.Object(choice, "message");
    }

    private void AddReasoning(ChatResponseUpdate update, JsonElement delta)
    {
        var text = Json.String(delta, "reasoning_content") ?? Json.String(delta, "reasoning");
        var details = _reasoningDetails.Read(delta);
        if ((text ?? details) is { Length: > 0 } reasoning)
            update.Contents.Add(new TextReasoningContent(reasoning));
    }

    private void AddContent(ChatResponseUpdate update, JsonElement delta)
    {
        if (Json.Array(delta, "content") is { } parts)
            foreach (var part in parts.EnumerateArray())
                ContentParts.Add(update.Contents, part);
        else if (Json.String(delta, "content") is { Length: > 0 } text)
            AddText(update, _thinkTags is null ? (null, text) : _thinkTags.Split(text));
        else if (Json.String(delta, "refusal") is { Length: > 0 } refusal)
            update.Contents.Add(new TextContent(refusal));
    }

    private static void AddText(ChatResponseUpdate update, (string? Reasoning, string? Text)? pieces)
    {
        if (pieces?.Reasoning is { Length: > 0 } reasoning)
            update.Contents.Add(new TextReasoningContent(reasoning));
        if (pieces?.Text is { Length: > 0 } text)
            update.Contents.Add(new TextContent(text));
    }

    private ChatFinishReason FinishReason() => _finishReason switch
    {
        "length" or "model_length" or "time_limit" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        _ when _toolCalls.Any => ChatFinishReason.ToolCalls,
        null or "stop" or "eos" or "tool_calls" or "function_call" => ChatFinishReason.Stop,
        { } other => new ChatFinishReason(other),
    };

    private ChatResponseUpdate Update() => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model ?? call.Model,
    };
}
