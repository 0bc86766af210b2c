using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>Reads generateContent responses, of which a stream is a row. There is no terminal marker but the reason for stopping.</summary>
internal sealed class GeminiAnswer(ProviderCall call, ProviderExchange exchange) : IAnswer
{
    /// <summary>Names the signature of a thought.</summary>
    public const string Signed = "gemini";

    /// <summary>Begins the ids of calls that came without one.</summary>
    public const string OwnIds = "gemini-";

    private readonly List<(string? Signature, FunctionCallContent Call)> _calls = [];
    private readonly Citations _citations = new();
    private string? _id;
    private string? _model;
    private string? _finishReason;
    private bool _hasContent;

    public bool IsDone { get; set; }

    public bool IsFinished => _finishReason is not null;

    public bool HasBegun { get; private set; }

    public UsageDetails? Usage { get; private set; }

    public ChatResponseUpdate? Read(JsonElement piece)
    {
        // Errors come wrapped in a list now and then.
        if (piece.ValueKind is JsonValueKind.Array && piece.GetArrayLength() > 0)
            piece = piece[0];
        if (piece.ValueKind is not JsonValueKind.Object)
            throw exchange.Malformed("a piece of the answer is not an object");
        if (Json.Object(piece, "error") is not null)
            throw call.Transport.Errors.ReadInBand(piece);
        ReadEnvelope(piece);
        if (Json.Array(piece, "candidates") is not { } candidates)
            return null;
        HasBegun = true;
        var update = Update();
        foreach (var candidate in candidates.EnumerateArray())
            if ((Json.Integer(candidate, "index") ?? 0) == 0)
                ReadCandidate(update, candidate);
        _hasContent |= update.Contents.Count > 0;
        return update.Contents.Count > 0 ? update : null;
    }

    public ChatResponseUpdate? ReadWhole(JsonElement answer)
    {
        // Without server-sent events a stream is one list of the same pieces.
        var pieces = answer.ValueKind is JsonValueKind.Array ? [.. answer.EnumerateArray()] : new[] { answer };
        ChatResponseUpdate? whole = null;
        foreach (var piece in pieces)
        {
            if (Read(piece) is not { } update)
                continue;
            whole ??= Update();
            foreach (var content in update.Contents)
                whole.Contents.Add(content);
        }
        return HasBegun ? whole : throw exchange.Malformed("the answer has no candidates");
    }

    public ChatResponseUpdate End()
    {
        if (!HasBegun && IsDone)
            throw exchange.Malformed("the stream has no answer in it");
        if (!IsFinished)
            throw exchange.Truncated();
        if (!_hasContent && _calls.Count == 0 && Neutral is null)
            throw exchange.Malformed($"it stopped with {_finishReason} before it said anything");
        var update = Update();
        foreach (var (signature, use) in _calls)
        {
            AddSignature(update, signature);
            update.Contents.Add(use);
        }
        _citations.AddTo(update.Contents);
        if (Usage is not null)
            update.Contents.Add(new UsageContent(Usage));
        update.FinishReason = Neutral is { } reason && (reason != ChatFinishReason.Stop || _calls.Count == 0) ? reason
            : _calls.Count > 0 ? ChatFinishReason.ToolCalls
            : new ChatFinishReason(_finishReason!);
        return update;
    }

    /// <summary>The reason in the words all dialects share; null when it has none there.</summary>
    private ChatFinishReason? Neutral => _finishReason switch
    {
        "STOP" => ChatFinishReason.Stop,
        "MAX_TOKENS" => ChatFinishReason.Length,
        "SAFETY" or "RECITATION" or "LANGUAGE" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII"
            or "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION" => ChatFinishReason.ContentFilter,
        _ => null,
    };

    private void ReadEnvelope(JsonElement piece)
    {
        _id ??= Json.Short(Json.String(piece, "responseId"));
        _model ??= Json.Short(Json.String(piece, "modelVersion"));
        // Cumulative: the last one counts.
        if (Json.Object(piece, "usageMetadata") is { } usage)
            Usage = GeminiUsage.Read(usage) ?? Usage;
        if (Json.Object(piece, "promptFeedback") is { } feedback && Json.String(feedback, "blockReason") is { Length: > 0 } reason)
            throw call.Transport.Errors.Filtered(Json.Short(reason)!, Json.String(feedback, "blockReasonMessage"));
    }

    private void ReadCandidate(ChatResponseUpdate update, JsonElement candidate)
    {
        if (Json.String(candidate, "finishReason") is { Length: > 0 } reason)
            _finishReason = Json.Short(reason);
        if (Json.Object(candidate, "content") is { } content && Json.Array(content, "parts") is { } parts)
            foreach (var part in parts.EnumerateArray())
                ReadPart(update, part);
        if (Json.Object(candidate, "groundingMetadata") is { } grounding && Json.Array(grounding, "groundingChunks") is { } chunks)
            foreach (var chunk in chunks.EnumerateArray())
                if (Json.Object(chunk, "web") is { } page)
                    _citations.Add(Json.String(page, "uri"), Json.String(page, "title"), snippet: null);
    }

    private void ReadPart(ChatResponseUpdate update, JsonElement part)
    {
        var signature = Json.String(part, "thoughtSignature") is { Length: > 0 and <= ThoughtSignature.Longest } text ? text : null;
        if (Json.Object(part, "functionCall") is { } use)
        {
            ReadCall(use, signature);
            return;
        }
        var isThought = part.ValueKind is JsonValueKind.Object && part.TryGetProperty("thought", out var flag) && flag.ValueKind is JsonValueKind.True;
        AddSignature(update, signature);
        if (Json.String(part, "text") is { Length: > 0 } words)
            update.Contents.Add(isThought ? new TextReasoningContent(words) : new TextContent(words));
        else if (!isThought && Json.Object(part, "inlineData") is { } data)
            AddData(update, data);
    }

    private void ReadCall(JsonElement use, string? signature)
    {
        if (_calls.Count == ToolCalls.Most)
            throw exchange.Malformed("the answer has too many tool calls");
        if (Json.String(use, "name") is not { Length: > 0 } name)
            throw exchange.Malformed("a tool call has no name");
        var arguments = Json.Object(use, "args") is { } args ? Json.Raw(args) : "{}";
        if (arguments.Length > ToolCalls.LongestArguments)
            throw exchange.Malformed("the arguments of a tool call are too long");
        var id = Json.String(use, "id") is { Length: > 0 } given ? given : $"{OwnIds}{_id}-{_calls.Count}";
        _calls.Add((signature, ToolCalls.Create(id, name, arguments)));
    }

    private static void AddSignature(ChatResponseUpdate update, string? signature)
    {
        if (signature is not null)
            update.Contents.Add(new TextReasoningContent(null) { ProtectedData = ThoughtSignature.Wrap(Signed, signature) });
    }

    private static void AddData(ChatResponseUpdate update, JsonElement data)
    {
        if (Json.String(data, "mimeType") is { } type && MediaTypeHeaderValue.TryParse(type, out var mediaType) && mediaType.MediaType is { } plain
            && data.TryGetProperty("data", out var encoded) && encoded.ValueKind is JsonValueKind.String && encoded.TryGetBytesFromBase64(out var bytes))
            update.Contents.Add(new DataContent(bytes, plain));
    }

    private ChatResponseUpdate Update() => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model ?? call.Model,
    };
}
