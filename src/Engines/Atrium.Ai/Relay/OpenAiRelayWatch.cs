using System.Text.Json;
using Atrium.Ai.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Reads along in a chat completion.</summary>
internal sealed class OpenAiRelayWatch(ProviderTransport transport, bool dropsUsage) : IRelayWatch
{
    private bool _hasChoice;
    private bool _isWhole;
    private long _tokens;
    private ReadOnlyMemory<byte> _whole;

    public UsageDetails? Usage { get; private set; }

    public string? FinishReason { get; private set; }

    public bool IsDone { get; private set; }

    public long EstimatedTokens => _isWhole ? TokenEstimate.Utf8(_whole.Span) : _tokens;

    public bool Take(ReadOnlyMemory<byte> data)
    {
        if (data.Span.SequenceEqual("[DONE]"u8))
        {
            IsDone = true;
            return true;
        }
        var had = Usage;
        var choices = Read(data);
        return !(dropsUsage && choices == 0 && !ReferenceEquals(had, Usage));
    }

    public void TakeWhole(ReadOnlyMemory<byte> answer)
    {
        (_isWhole, _whole) = (true, answer);
        Read(answer);
        if (!_hasChoice)
            throw transport.Malformed("the answer has no choices");
        IsDone = true;
    }

    /// <returns>How many choices it has.</returns>
    private int Read(ReadOnlyMemory<byte> data)
    {
        var reader = new Utf8JsonReader(data.Span);
        reader.Read();
        // Some hosts wrap an error in a list.
        if (reader.TokenType is not JsonTokenType.StartObject)
            throw Failure(data) ?? transport.Malformed("a piece of the answer is not an object");
        var choices = 0;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                reader.Read();
                choices = ReadChoices(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8) || reader.ValueTextEquals("x_groq"u8))
            {
                reader.Read();
                ReadUsage(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("errors"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.Null or JsonTokenType.False) && Failure(data) is { } failure)
                    throw failure;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }
        if (FinishReason is "error" or "cancelled" or "insufficient_system_resource")
            throw Failure(data)!;
        return choices;
    }

    private int ReadChoices(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return 0;
        }
        var count = 0;
        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            count++;
            _hasChoice = true;
            ReadChoice(ref reader);
        }
        return count;
    }

    private void ReadChoice(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                if (reader.TokenType is JsonTokenType.String && reader.ValueSpan.Length > 0)
                    FinishReason = Json.Short(reader.GetString());
                reader.Skip();
            }
            else if (!_isWhole && reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                ReadDelta(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadDelta(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        if (reader.TokenType is not JsonTokenType.StartObject)
            return;
        var isText = false;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.PropertyName)
                isText = !reader.ValueTextEquals("role"u8) && !reader.ValueTextEquals("id"u8) && !reader.ValueTextEquals("type"u8);
            else if (isText && reader.TokenType is JsonTokenType.String)
                _tokens += TokenEstimate.Utf8(reader.ValueSpan);
        }
    }

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        using var counts = JsonDocument.ParseValue(ref reader);
        var usage = Json.Object(counts.RootElement, "usage") ?? counts.RootElement;
        // Cumulative where it comes more than once: the last one counts.
        Usage = OpenAiUsage.Read(usage, transport.Provider) ?? Usage;
    }

    private ProviderException? Failure(ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        var root = document.RootElement;
        if (root.ValueKind is JsonValueKind.Array && root.GetArrayLength() > 0)
            root = root[0];
        return root.ValueKind is JsonValueKind.Object ? transport.Errors.ReadInBand(root) : null;
    }
}
