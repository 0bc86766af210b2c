using System.Text.Json;
using Atrium.Ai.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OciGenAiChat;

/// <summary>Reads answers in both forms. There is no terminal marker but the reason for stopping.</summary>
internal sealed class OciAnswer(ProviderCall call, ProviderExchange exchange) : IAnswer
{
    private readonly ToolCallAssembler _toolCalls = new(exchange);
    private readonly Guid _answer = Guid.CreateVersion7(call.Transport.Clock.GetUtcNow());
    private string? _finishReason;
    private bool _hasText;

    public bool IsDone { get; set; }

    public bool IsFinished => _finishReason is not null;

    public bool HasBegun { get; private set; }

    public UsageDetails? Usage { get; private set; }

    public ChatResponseUpdate? Read(JsonElement piece)
    {
        if (piece.ValueKind is not JsonValueKind.Object)
            throw exchange.Malformed("a piece of the answer is not an object");
        if (Json.String(piece, "code") is not null)
            throw call.Transport.Errors.ReadInBand(piece);
        HasBegun = true;
        var update = Update();
        ReadChoice(update, piece);
        return update.Contents.Count > 0 ? update : null;
    }

    public ChatResponseUpdate? ReadWhole(JsonElement answer)
    {
        if (Json.Object(answer, "chatResponse") is not { } response)
            throw call.Transport.Errors.ReadInBand(answer);
        HasBegun = true;
        var update = Update();
        if (Json.Array(response, "choices") is { } choices)
            foreach (var choice in choices.EnumerateArray())
                if ((Json.Integer(choice, "index") ?? 0) == 0)
                    ReadChoice(update, choice);
        ReadChoice(update, response);
        IsDone = true;
        return update.Contents.Count > 0 ? update : null;
    }

    public ChatResponseUpdate End()
    {
        if (!HasBegun && IsDone)
            throw exchange.Malformed("the stream has no answer in it");
        if (!IsFinished)
            throw exchange.Truncated();
        var update = Update();
        _toolCalls.AddTo(update.Contents);
        if (Usage is not null)
            update.Contents.Add(new UsageContent(Usage));
        update.FinishReason = _finishReason?.ToUpperInvariant() switch
        {
            "LENGTH" or "MAX_TOKENS" => ChatFinishReason.Length,
            "CONTENT_FILTER" or "ERROR_TOXIC" => ChatFinishReason.ContentFilter,
            _ when _toolCalls.Any => ChatFinishReason.ToolCalls,
            "STOP" or "COMPLETE" or "TOOL_CALLS" => ChatFinishReason.Stop,
            _ => new ChatFinishReason(_finishReason!),
        };
        return update;
    }

    private void ReadChoice(ChatResponseUpdate update, JsonElement choice)
    {
        if (Json.Object(choice, "usage") is { } usage)
            Usage = ReadUsage(usage) ?? Usage;
        var isEnd = Json.String(choice, "finishReason") is { Length: > 0 };
        if (isEnd)
            _finishReason = Json.Short(Json.String(choice, "finishReason"));
        if (Json.Object(choice, "message") is { } message)
            ReadMessage(update, message);
        // The last piece of the other form says the whole text again.
        if (Json.String(choice, "text") is { Length: > 0 } text && !(isEnd && _hasText))
            AddText(update, text);
        if (Json.Array(choice, "toolCalls") is { } calls)
            ReadNamedCalls(calls);
        if (_finishReason is "ERROR" or "error" or "ERROR_LIMIT" or "USER_CANCEL")
            throw call.Transport.Errors.ReadNamed(_finishReason, choice);
    }

    private void ReadMessage(ChatResponseUpdate update, JsonElement message)
    {
        if (Json.String(message, "reasoningContent") is { Length: > 0 } thought)
            update.Contents.Add(new TextReasoningContent(thought));
        if (Json.Array(message, "content") is { } parts)
            foreach (var part in parts.EnumerateArray())
                AddText(update, Json.String(part, "text"));
        if (Json.Array(message, "toolCalls") is not { } calls)
            return;
        _toolCalls.Pieces = Extras.Asks(call.Options, RequestKeys.ToolPieces) ? update.Contents : null;
        _toolCalls.Read(calls);
    }

    /// <summary>Calls of the other form have no ids, and come whole.</summary>
    private void ReadNamedCalls(JsonElement calls)
    {
        var index = 0;
        foreach (var use in calls.EnumerateArray())
        {
            if (use.ValueKind is not JsonValueKind.Object)
                continue;
            _toolCalls.AddWhole($"call_{_answer:N}_{index++}", Json.String(use, "name"), Json.Object(use, "parameters") is { } parameters ? Json.Raw(parameters) : "{}");
        }
    }

    private void AddText(ChatResponseUpdate update, string? text)
    {
        if (text is not { Length: > 0 })
            return;
        _hasText = true;
        update.Contents.Add(new TextContent(text));
    }

    private static UsageDetails? ReadUsage(JsonElement usage)
    {
        var (input, output) = (Json.Count(usage, "promptTokens"), Json.Count(usage, "completionTokens"));
        return input is null && output is null
            ? null
            : UsageCounts.Of(input, output, Detail(usage, "promptTokensDetails", "cachedTokens"), Detail(usage, "completionTokensDetails", "reasoningTokens"));
    }

    private static long? Detail(JsonElement usage, string details, string name) =>
        Json.Object(usage, details) is { } inner ? Json.Count(inner, name) : null;

    private ChatResponseUpdate Update() => new() { Role = ChatRole.Assistant, ModelId = call.Model };
}
