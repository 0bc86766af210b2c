using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.AnthropicMessages;

/// <summary>Reads the events of a message. Events and blocks nobody knows are left out: new ones come without notice.</summary>
internal sealed class AnthropicAnswer(ProviderCall call, ProviderExchange exchange) : IAnswer
{
    /// <summary>Names the signature of a thought.</summary>
    public const string Signed = "anthropic";

    /// <summary>Names a thought that is encrypted as a whole.</summary>
    public const string Redacted = "anthropic-redacted";

    private readonly AnthropicUsage _usage = new();
    private readonly ToolUses _toolUses = new(exchange);
    private readonly Citations _citations = new();
    private readonly Dictionary<int, string> _signatures = [];
    private string? _id;
    private string? _model;
    private string? _stopReason;
    private JsonElement? _stopSequence;

    public bool IsDone { get; set; }

    public bool IsFinished => _stopReason is not null;

    public bool HasBegun { get; private set; }

    public UsageDetails? Usage => _usage.Details;

    public ChatResponseUpdate? Read(JsonElement piece)
    {
        var type = Json.String(piece, "type");
        if (type is "error" || Json.Object(piece, "error") is not null)
            throw call.Transport.Errors.ReadInBand(piece);
        if (type is null)
            throw exchange.Malformed("a piece of the stream is not an event");
        var update = Update();
        switch (type)
        {
            case "message_start" when Json.Object(piece, "message") is { } message:
                ReadEnvelope(message);
                break;
            case "content_block_start" when Json.Object(piece, "content_block") is { } block:
                StartBlock(update, Index(piece), block);
                break;
            case "content_block_delta" when Json.Object(piece, "delta") is { } delta:
                ReadDelta(update, Index(piece), delta);
                break;
            case "content_block_stop":
                EndBlock(update, Index(piece));
                break;
            case "message_delta":
                ReadEnd(piece);
                break;
            case "message_stop":
                IsDone = true;
                break;
        }
        return update.Contents.Count > 0 ? update : null;
    }

    public ChatResponseUpdate? ReadWhole(JsonElement answer)
    {
        if (Json.Object(answer, "error") is not null || Json.String(answer, "type") is "error")
            throw call.Transport.Errors.ReadInBand(answer);
        if (Json.Array(answer, "content") is not { } blocks)
            throw exchange.Malformed("the answer has no content");
        ReadEnvelope(answer);
        var update = Update();
        var index = 0;
        foreach (var block in blocks.EnumerateArray())
        {
            StartBlock(update, index, block);
            EndBlock(update, index++);
        }
        _stopReason = Json.Short(Json.String(answer, "stop_reason"));
        ReadStop(answer);
        IsDone = true;
        return update.Contents.Count > 0 ? update : null;
    }

    public ChatResponseUpdate End()
    {
        if (!IsDone && !IsFinished)
            throw exchange.Truncated();
        if (!HasBegun)
            throw exchange.Malformed("the stream has no answer in it");
        var update = Update();
        _toolUses.AddTo(update.Contents);
        _citations.AddTo(update.Contents);
        if (_stopSequence is { } sequence)
            update.Contents.Add(new AnswerDetail(AnswerDetail.StopSequence, sequence));
        if (Usage is { } usage)
            update.Contents.Add(new UsageContent(usage));
        update.FinishReason = FinishReason();
        return update;
    }

    private static int Index(JsonElement piece) => Json.Integer(piece, "index") ?? 0;

    private void ReadEnvelope(JsonElement message)
    {
        HasBegun = true;
        _id ??= Json.Short(Json.String(message, "id"));
        _model ??= Json.Short(Json.String(message, "model"));
        if (Json.Object(message, "usage") is { } usage)
            _usage.Read(usage);
    }

    private void StartBlock(ChatResponseUpdate update, int index, JsonElement block)
    {
        switch (Json.String(block, "type"))
        {
            case "text":
                AddText(update, Json.String(block, "text"));
                if (Json.Array(block, "citations") is { } citations)
                    foreach (var citation in citations.EnumerateArray())
                        ReadCitation(citation);
                break;
            case "thinking":
                AddThought(update, Json.String(block, "thinking"));
                Sign(index, Json.String(block, "signature"));
                break;
            case "redacted_thinking" when Json.String(block, "data") is { Length: > 0 and <= ThoughtSignature.Longest } data:
                update.Contents.Add(new TextReasoningContent(null) { ProtectedData = ThoughtSignature.Wrap(Redacted, data) });
                break;
            case "tool_use":
                _toolUses.Start(index, block, pieces: Pieces(update));
                break;
        }
    }

    private void ReadDelta(ChatResponseUpdate update, int index, JsonElement delta)
    {
        switch (Json.String(delta, "type"))
        {
            case "text_delta":
                AddText(update, Json.String(delta, "text"));
                break;
            case "thinking_delta":
                AddThought(update, Json.String(delta, "thinking"));
                break;
            case "signature_delta":
                Sign(index, Json.String(delta, "signature"));
                break;
            case "input_json_delta":
                _toolUses.Append(index, Json.String(delta, "partial_json"), Pieces(update));
                break;
            case "citations_delta" when Json.Object(delta, "citation") is { } citation:
                ReadCitation(citation);
                break;
        }
    }

    private void EndBlock(ChatResponseUpdate update, int index)
    {
        if (_signatures.Remove(index, out var signature))
            update.Contents.Add(new TextReasoningContent(null) { ProtectedData = ThoughtSignature.Wrap(Signed, signature) });
    }

    private void ReadEnd(JsonElement piece)
    {
        if (Json.Object(piece, "delta") is { } delta && Json.String(delta, "stop_reason") is { Length: > 0 } reason)
            _stopReason = Json.Short(reason);
        if (Json.Object(piece, "delta") is { } end)
            ReadStop(end);
        if (Json.Object(piece, "usage") is { } usage)
            _usage.Read(usage);
    }

    private void ReadStop(JsonElement end)
    {
        if (Json.String(end, "stop_sequence") is not null)
            _stopSequence = end.GetProperty("stop_sequence").Clone();
    }

    private void Sign(int index, string? piece)
    {
        if (string.IsNullOrEmpty(piece))
            return;
        var signature = _signatures.GetValueOrDefault(index) + piece;
        if (signature.Length > ThoughtSignature.Longest || _signatures.Count > 1_000)
            throw exchange.Malformed("the reasoning of the answer is too long");
        _signatures[index] = signature;
    }

    private void ReadCitation(JsonElement citation) =>
        _citations.Add(Json.String(citation, "url"), Json.String(citation, "title"), Json.String(citation, "cited_text"));

    private IList<AIContent>? Pieces(ChatResponseUpdate update) => Extras.Asks(call.Options, RequestKeys.ToolPieces) ? update.Contents : null;

    private static void AddText(ChatResponseUpdate update, string? text)
    {
        if (text is { Length: > 0 })
            update.Contents.Add(new TextContent(text));
    }

    private static void AddThought(ChatResponseUpdate update, string? text)
    {
        if (text is { Length: > 0 })
            update.Contents.Add(new TextReasoningContent(text));
    }

    private ChatFinishReason FinishReason() => _stopReason switch
    {
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "refusal" => ChatFinishReason.ContentFilter,
        _ when _toolUses.Any => ChatFinishReason.ToolCalls,
        null or "end_turn" or "stop_sequence" or "tool_use" => ChatFinishReason.Stop,
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
