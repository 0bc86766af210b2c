using System.Text.Json;
using Atrium.Ai.AnthropicMessages;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Reads along in a message of Anthropic's.</summary>
internal sealed class AnthropicRelayWatch(ProviderTransport transport) : IRelayWatch
{
    private readonly AnthropicUsage _usage = new();
    private long _tokens;
    private ReadOnlyMemory<byte> _whole;

    public UsageDetails? Usage => _usage.Details;

    public string? FinishReason { get; private set; }

    public bool IsDone { get; private set; }

    public long EstimatedTokens => _tokens + TokenEstimate.Utf8(_whole.Span);

    public bool Take(ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        var piece = document.RootElement;
        ThrowIfError(piece);
        switch (Json.String(piece, "type"))
        {
            case "message_start" when Json.Object(piece, "message") is { } message && Json.Object(message, "usage") is { } usage:
                _usage.Read(usage);
                break;
            case "content_block_delta" when Json.Object(piece, "delta") is { } delta:
                _tokens += TokenEstimate.Text(Json.String(delta, "text") ?? Json.String(delta, "thinking") ?? Json.String(delta, "partial_json"));
                break;
            case "message_delta":
                ReadEnd(piece);
                break;
            case "message_stop":
                IsDone = true;
                break;
        }
        return true;
    }

    public void TakeWhole(ReadOnlyMemory<byte> answer)
    {
        _whole = answer;
        using var document = JsonDocument.Parse(answer);
        var root = document.RootElement;
        ThrowIfError(root);
        if (Json.Array(root, "content") is null)
            throw transport.Malformed("the answer has no content");
        if (Json.Object(root, "usage") is { } usage)
            _usage.Read(usage);
        FinishReason = Json.Short(Json.String(root, "stop_reason"));
        IsDone = true;
    }

    private void ReadEnd(JsonElement piece)
    {
        if (Json.Object(piece, "delta") is { } delta && Json.String(delta, "stop_reason") is { Length: > 0 } reason)
            FinishReason = Json.Short(reason);
        if (Json.Object(piece, "usage") is { } usage)
            _usage.Read(usage);
    }

    private void ThrowIfError(JsonElement piece)
    {
        if (piece.ValueKind is not JsonValueKind.Object)
            throw transport.Malformed("a piece of the answer is not an object");
        if (Json.Object(piece, "error") is not null || Json.String(piece, "type") is "error")
            throw transport.Errors.ReadInBand(piece);
    }
}
