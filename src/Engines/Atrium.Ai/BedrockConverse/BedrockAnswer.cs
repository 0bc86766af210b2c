using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.BedrockConverse;

/// <summary>Reads the events of an answer, each an object under the name of its event; after the reason for stopping come the counts.</summary>
internal sealed class BedrockAnswer(ProviderCall call, ProviderExchange exchange) : IAnswer
{
    /// <summary>Names the signature of a thought.</summary>
    public const string Signed = "bedrock";

    /// <summary>Names thoughts that are encrypted as a whole.</summary>
    public const string Redacted = "bedrock-redacted";

    private readonly ToolUses _toolUses = new(exchange);
    private readonly Dictionary<int, string> _signatures = [];
    private string? _stopReason;

    public bool IsDone { get; set; }

    public bool IsFinished => _stopReason is not null;

    public bool HasBegun { get; private set; }

    public UsageDetails? Usage { get; private set; }

    public ChatResponseUpdate? Read(JsonElement piece)
    {
        if (piece.ValueKind is not JsonValueKind.Object)
            throw exchange.Malformed("a piece of the answer is not an object");
        var update = Update();
        foreach (var member in piece.EnumerateObject())
            ReadEvent(update, member.Name, member.Value);
        return update.Contents.Count > 0 ? update : null;
    }

    public ChatResponseUpdate? ReadWhole(JsonElement answer)
    {
        if (Json.Object(answer, "output") is not { } output || Json.Object(output, "message") is not { } message || Json.Array(message, "content") is not { } blocks)
            throw call.Transport.Errors.ReadInBand(answer);
        HasBegun = true;
        var update = Update();
        var index = 0;
        foreach (var block in blocks.EnumerateArray())
            ReadBlock(update, index++, block);
        _stopReason = Json.Short(Json.String(answer, "stopReason"));
        ReadUsage(answer);
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
        if (Usage is not null)
            update.Contents.Add(new UsageContent(Usage));
        update.FinishReason = _stopReason switch
        {
            "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
            "guardrail_intervened" or "content_filtered" => ChatFinishReason.ContentFilter,
            _ when _toolUses.Any => ChatFinishReason.ToolCalls,
            null or "end_turn" or "stop_sequence" or "tool_use" => ChatFinishReason.Stop,
            { } other => new ChatFinishReason(other),
        };
        return update;
    }

    private void ReadEvent(ChatResponseUpdate update, string name, JsonElement value)
    {
        if (name.EndsWith("Exception", StringComparison.Ordinal) || name.EndsWith("Error", StringComparison.Ordinal))
            throw call.Transport.Errors.ReadNamed(name, value);
        if (value.ValueKind is not JsonValueKind.Object)
            throw exchange.Malformed("an event of the answer is not an object");
        var index = Json.Integer(value, "contentBlockIndex") ?? 0;
        switch (name)
        {
            case "messageStart":
                HasBegun = true;
                break;
            case "contentBlockStart" when Json.Object(value, "start") is { } start:
                if (Json.Object(start, "toolUse") is { } use)
                    _toolUses.Start(index, use, id: "toolUseId", Pieces(update));
                break;
            case "contentBlockDelta" when Json.Object(value, "delta") is { } delta:
                HasBegun = true;
                ReadDelta(update, index, delta);
                break;
            case "contentBlockStop" when _signatures.Remove(index, out var signature):
                AddSignature(update, signature);
                break;
            case "messageStop":
                HasBegun = true;
                _stopReason = Json.Short(Json.String(value, "stopReason")) ?? "end_turn";
                break;
            case "metadata":
                ReadUsage(value);
                IsDone = IsFinished;
                break;
        }
    }

    private void ReadDelta(ChatResponseUpdate update, int index, JsonElement delta)
    {
        if (Json.String(delta, "text") is { Length: > 0 } text)
            update.Contents.Add(new TextContent(text));
        if (Json.Object(delta, "toolUse") is { } use)
            _toolUses.Append(index, Json.String(use, "input"), Pieces(update));
        if (Json.Object(delta, "reasoningContent") is { } thought)
        {
            AddThought(update, thought);
            Sign(index, Json.String(thought, "signature"));
        }
    }

    private void ReadBlock(ChatResponseUpdate update, int index, JsonElement block)
    {
        if (Json.String(block, "text") is { Length: > 0 } text)
            update.Contents.Add(new TextContent(text));
        if (Json.Object(block, "toolUse") is { } use)
            _toolUses.Start(index, use, id: "toolUseId");
        if (Json.Object(block, "reasoningContent") is not { } thought)
            return;
        AddThought(update, thought);
        if (Json.Object(thought, "reasoningText") is not { } signed)
            return;
        AddThought(update, signed);
        if (Json.String(signed, "signature") is { Length: > 0 and <= ThoughtSignature.Longest } signature)
            AddSignature(update, signature);
    }

    private IList<AIContent>? Pieces(ChatResponseUpdate update) => Extras.Asks(call.Options, RequestKeys.ToolPieces) ? update.Contents : null;

    private static void AddThought(ChatResponseUpdate update, JsonElement thought)
    {
        if (Json.String(thought, "text") is { Length: > 0 } text)
            update.Contents.Add(new TextReasoningContent(text));
        if (Json.String(thought, "redactedContent") is { Length: > 0 and <= ThoughtSignature.Longest } hidden)
            update.Contents.Add(new TextReasoningContent(null) { ProtectedData = ThoughtSignature.Wrap(Redacted, hidden) });
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

    private static void AddSignature(ChatResponseUpdate update, string signature) =>
        update.Contents.Add(new TextReasoningContent(null) { ProtectedData = ThoughtSignature.Wrap(Signed, signature) });

    /// <summary>Input is counted without what the cache had and got.</summary>
    private void ReadUsage(JsonElement end)
    {
        if (Json.Object(end, "usage") is not { } usage)
            return;
        var (fresh, output) = (Json.Count(usage, "inputTokens"), Json.Count(usage, "outputTokens"));
        var (read, written) = (Json.Count(usage, "cacheReadInputTokens"), Json.Count(usage, "cacheWriteInputTokens"));
        if (fresh is not null || output is not null)
            Usage = UsageCounts.Of((fresh ?? 0) + (read ?? 0) + (written ?? 0), output, read, cacheWrite: written);
    }

    private ChatResponseUpdate Update() => new() { Role = ChatRole.Assistant, ModelId = call.Model };
}
