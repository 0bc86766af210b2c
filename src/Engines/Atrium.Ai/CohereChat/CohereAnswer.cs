using System.Text.Json;
using Atrium.Ai.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.CohereChat;

/// <summary>Reads the events of an answer; the last one has the reason for stopping and the counts.</summary>
internal sealed class CohereAnswer(ProviderCall call, ProviderExchange exchange) : IAnswer
{
    private readonly ToolCallAssembler _toolCalls = new(exchange);
    private readonly Citations _citations = new();
    private string? _id;
    private string? _finishReason;

    public bool IsDone { get; set; }

    public bool IsFinished => _finishReason is not null;

    public bool HasBegun { get; private set; }

    public UsageDetails? Usage { get; private set; }

    public ChatResponseUpdate? Read(JsonElement piece)
    {
        if (piece.ValueKind is not JsonValueKind.Object)
            throw exchange.Malformed("a piece of the answer is not an object");
        if (Json.String(piece, "type") is not { } type)
            throw call.Transport.Errors.ReadInBand(piece);
        HasBegun = true;
        var delta = Json.Object(piece, "delta") ?? default;
        if (type is "message-start")
            _id ??= Json.Short(Json.String(piece, "id"));
        if (type is "message-end")
            ReadEnd(delta);
        return Json.Object(delta, "message") is { } message ? ReadDelta(type, message, Json.Integer(piece, "index")) : null;
    }

    public ChatResponseUpdate? ReadWhole(JsonElement answer)
    {
        if (Json.Object(answer, "message") is not { } message)
            throw call.Transport.Errors.ReadInBand(answer);
        HasBegun = true;
        _id = Json.Short(Json.String(answer, "id"));
        var update = Update();
        AddText(update, Json.String(message, "tool_plan"), isThought: true);
        if (Json.Array(message, "content") is { } parts)
            foreach (var part in parts.EnumerateArray())
                AddPart(update, part);
        if (Json.Array(message, "tool_calls") is { } calls)
            _toolCalls.Read(calls);
        if (Json.Array(message, "citations") is { } citations)
            foreach (var citation in citations.EnumerateArray())
                ReadCitation(citation);
        ReadEnd(answer);
        return update.Contents.Count > 0 ? update : null;
    }

    public ChatResponseUpdate End()
    {
        if (!IsFinished)
            throw IsDone && !HasBegun ? exchange.Malformed("the stream has no answer in it") : exchange.Truncated();
        var update = Update();
        _toolCalls.AddTo(update.Contents);
        _citations.AddTo(update.Contents);
        if (Usage is not null)
            update.Contents.Add(new UsageContent(Usage));
        update.FinishReason = _finishReason switch
        {
            "MAX_TOKENS" => ChatFinishReason.Length,
            "ERROR_TOXIC" => ChatFinishReason.ContentFilter,
            _ when _toolCalls.Any => ChatFinishReason.ToolCalls,
            "COMPLETE" or "STOP_SEQUENCE" or "TOOL_CALL" => ChatFinishReason.Stop,
            { } other => new ChatFinishReason(other),
            null => null,
        };
        return update;
    }

    private ChatResponseUpdate? ReadDelta(string type, JsonElement message, int? index)
    {
        var update = Update();
        switch (type)
        {
            case "content-start" or "content-delta" when Json.Object(message, "content") is { } content:
                AddPart(update, content);
                break;
            case "tool-plan-delta":
                AddText(update, Json.String(message, "tool_plan"), isThought: true);
                break;
            case "tool-call-start" or "tool-call-delta" when Json.Object(message, "tool_calls") is { } piece:
                _toolCalls.Pieces = Extras.Asks(call.Options, RequestKeys.ToolPieces) ? update.Contents : null;
                _toolCalls.Read(piece, index ?? 0);
                break;
            case "citation-start" when Json.Object(message, "citations") is { } citation:
                ReadCitation(citation);
                break;
        }
        return update.Contents.Count > 0 ? update : null;
    }

    private void ReadEnd(JsonElement end)
    {
        _finishReason = Json.Short(Json.String(end, "finish_reason"));
        if (Json.Object(end, "usage") is { } usage)
            Usage = ReadUsage(usage);
        if (_finishReason is null or "ERROR" or "TIMEOUT")
            throw call.Transport.Errors.ReadInBand(end);
        IsDone = true;
    }

    /// <summary>What is billed counts; the other counts have the service's own prompts in them.</summary>
    private static UsageDetails? ReadUsage(JsonElement usage)
    {
        var (billed, all) = (Json.Object(usage, "billed_units") ?? default, Json.Object(usage, "tokens") ?? default);
        var input = Json.Count(billed, "input_tokens") ?? Json.Count(all, "input_tokens");
        var output = Json.Count(billed, "output_tokens") ?? Json.Count(all, "output_tokens");
        return input is null && output is null ? null : UsageCounts.Of(input, output, Json.Count(usage, "cached_tokens"));
    }

    private void ReadCitation(JsonElement citation)
    {
        if (Json.Array(citation, "sources") is not { } sources)
            return;
        foreach (var source in sources.EnumerateArray())
            if (Json.Object(source, "document") is { } document)
                _citations.Add(Json.String(document, "url"), Json.String(document, "title"), Json.String(citation, "text"));
    }

    private static void AddPart(ChatResponseUpdate update, JsonElement part)
    {
        AddText(update, Json.String(part, "thinking"), isThought: true);
        AddText(update, Json.String(part, "text"), isThought: false);
    }

    private static void AddText(ChatResponseUpdate update, string? text, bool isThought)
    {
        if (text is { Length: > 0 })
            update.Contents.Add(isThought ? new TextReasoningContent(text) : new TextContent(text));
    }

    private ChatResponseUpdate Update() => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = _id,
        MessageId = _id,
        ModelId = call.Model,
    };
}
