using System.Text.Json;
using System.Text.Unicode;

namespace Atrium.Ai;

/// <summary>
/// A chat request as a program wrote it. It is handed on byte by byte, but for the model's name, the limit of the answer and, where a format counts
/// tokens in a stream only for those who ask, the asking.
/// </summary>
public sealed class RelayRequest
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly RelayFormat _format;

    private Range _model;
    private Range _limit;
    private Range _streamOptions;
    private Range _includeUsage;
    private bool _hasOddAddress;

    private RelayRequest(ReadOnlyMemory<byte> body, RelayFormat format) => (_body, _format) = (body, format);

    /// <summary>The model as the program calls it.</summary>
    public string Model { get; private set; } = "";

    public bool Streams { get; private set; }

    /// <summary>The program wants to see the counts at the end of a stream.</summary>
    public bool AsksForUsage { get; private set; }

    /// <summary>How many answers are wanted; each is charged.</summary>
    public int Answers { get; private set; } = 1;

    /// <summary>The most tokens of an answer the program wants; null when it does not say.</summary>
    public int? MaxOutputTokens { get; private set; }

    /// <summary>UTF-8 bytes of everything a model reads as text: pictures and files inside are left out.</summary>
    public long TextBytes { get; private set; }

    /// <summary>Pictures and files inside.</summary>
    public int Attachments { get; private set; }

    /// <summary>UTF-8 bytes of the newest message of the person, at least as many as it has letters.</summary>
    public long QuestionBytes { get; private set; }

    /// <summary>Name of the field for the limit as the program wrote it; null when it did not.</summary>
    internal string? LimitField { get; private set; }

    /// <summary>Reads what has to be known of a request.</summary>
    /// <param name="body">The whole body; it must not change while the request is used.</param>
    /// <param name="format">What the program speaks.</param>
    /// <returns>Null when it is not plainly a request of that format: invalid, ambiguous, or with a field of another type than it should be.</returns>
    public static RelayRequest? Read(ReadOnlyMemory<byte> body, RelayFormat format)
    {
        var request = new RelayRequest(body, format);
        try
        {
            return Utf8.IsValid(body.Span) && request.Read() && !request._hasOddAddress ? request : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The body to send.</summary>
    /// <param name="model">The service's own name of the model.</param>
    /// <param name="mostOutput">The most tokens the answer may have.</param>
    /// <param name="provider">To whom.</param>
    /// <param name="refused">Fields of ours that the service refused.</param>
    internal ReadOnlyMemory<byte> Write(string model, int mostOutput, Provider provider, IReadOnlySet<string> refused)
    {
        var edits = new RelayEdits(_body);
        if (model != Model)
            edits.Replace(_model, JsonSerializer.SerializeToUtf8Bytes(model, RelayEdits.Json));
        if (LimitField is not null)
        {
            if (MaxOutputTokens is not { } wanted || wanted > mostOutput)
                edits.Replace(_limit, JsonSerializer.SerializeToUtf8Bytes(mostOutput));
        }
        else if (!refused.Contains(provider.Deviations.MaxTokensField))
        {
            edits.Insert(JsonSerializer.SerializeToUtf8Bytes(provider.Deviations.MaxTokensField), JsonSerializer.SerializeToUtf8Bytes(mostOutput));
        }
        if (Streams && !AsksForUsage && _format is RelayFormat.OpenAiChat && provider.Deviations.SendsStreamOptions && !refused.Contains("stream_options"))
            AskForUsage(edits);
        return edits.Write();
    }

    private void AskForUsage(RelayEdits edits)
    {
        if (!IsEmpty(_includeUsage))
            edits.Replace(_includeUsage, "true"u8.ToArray());
        else if (!IsEmpty(_streamOptions))
            edits.Replace(_streamOptions, """{"include_usage":true}"""u8.ToArray());
        else
            edits.Insert(""" "stream_options" """u8.Trim((byte)' ').ToArray(), """{"include_usage":true}"""u8.ToArray());
    }

    private bool Read()
    {
        var reader = new Utf8JsonReader(_body.Span);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            return false;
        var seen = Fields.None;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            // Of a field that comes twice one reader takes the first and another the last.
            if (field is not Fields.None && (seen & field) is not Fields.None)
                return false;
            seen |= field;
            if (!ReadField(ref reader, field))
                return false;
        }
        return reader.TokenType is JsonTokenType.EndObject && !reader.Read() && Model.Length > 0 && (seen & Fields.Messages) is not Fields.None;
    }

    private bool ReadField(ref Utf8JsonReader reader, Fields field)
    {
        var name = field is Fields.Limit ? reader.GetString() : null;
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        switch (field)
        {
            case Fields.Model:
                if (reader.TokenType is not JsonTokenType.String)
                    return false;
                (Model, _model) = (reader.GetString()!, start..(int)reader.BytesConsumed);
                return true;
            case Fields.Limit:
                if (reader.TokenType is JsonTokenType.Number && (!reader.TryGetInt32(out var limit) || limit < 1))
                    return false;
                if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.Null))
                    return false;
                MaxOutputTokens = reader.TokenType is JsonTokenType.Number ? reader.GetInt32() : null;
                (LimitField, _limit) = (name, start..(int)reader.BytesConsumed);
                return true;
            case Fields.Answers:
                if (reader.TokenType is JsonTokenType.Null)
                    return true;
                if (reader.TokenType is not JsonTokenType.Number || !reader.TryGetInt32(out var answers) || answers is < 1 or > 128)
                    return false;
                Answers = answers;
                return true;
            case Fields.Stream:
                Streams = reader.TokenType is JsonTokenType.True;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null;
            case Fields.StreamOptions:
                return ReadStreamOptions(ref reader, start);
            case Fields.Messages:
                return reader.TokenType is JsonTokenType.StartArray && ReadMessages(ref reader);
            default:
                ReadTexts(ref reader);
                return true;
        }
    }

    private bool ReadStreamOptions(ref Utf8JsonReader reader, int start)
    {
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isUsage = reader.ValueTextEquals("include_usage"u8);
                reader.Read();
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                if (!isUsage)
                    continue;
                AsksForUsage = reader.TokenType is JsonTokenType.True;
                _includeUsage = from..(int)reader.BytesConsumed;
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                    return false;
            }
        }
        else if (reader.TokenType is not JsonTokenType.Null)
        {
            return false;
        }
        _streamOptions = start..(int)reader.BytesConsumed;
        return true;
    }

    private bool ReadMessages(ref Utf8JsonReader reader)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            count++;
            var before = TextBytes;
            var isPerson = false;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isRole = reader.ValueTextEquals("role"u8);
                reader.Read();
                if (isRole)
                    isPerson = reader.TokenType is JsonTokenType.String && reader.ValueTextEquals("user"u8);
                else
                    ReadTexts(ref reader);
            }
            if (isPerson)
                QuestionBytes = TextBytes - before;
        }
        return count > 0 && reader.TokenType is JsonTokenType.EndArray;
    }

    /// <summary>Counts a value to its end.</summary>
    private void ReadTexts(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        var isData = false;
        var isAddress = false;
        while (true)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    isAddress = reader.ValueTextEquals("url"u8);
                    isData = reader.ValueTextEquals("data"u8) || reader.ValueTextEquals("file_data"u8);
                    break;
                case JsonTokenType.String when isData || reader.ValueSpan.StartsWith("data:"u8):
                    Attachments++;
                    isData = false;
                    break;
                case JsonTokenType.String:
                    _hasOddAddress |= isAddress && !reader.ValueSpan.StartsWith("http"u8);
                    // Half a letter in an escape is found only when it is undone.
                    if (reader.ValueIsEscaped)
                        _ = reader.GetString();
                    TextBytes += reader.ValueSpan.Length;
                    break;
            }
            if (reader.CurrentDepth <= depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName))
                return;
            if (!reader.Read())
                return;
        }
    }

    private Fields FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("model"u8) ? Fields.Model
        : reader.ValueTextEquals("messages"u8) ? Fields.Messages
        : reader.ValueTextEquals("stream"u8) ? Fields.Stream
        : reader.ValueTextEquals("max_tokens"u8) ? Fields.Limit
        : _format is not RelayFormat.OpenAiChat ? Fields.None
        : reader.ValueTextEquals("max_completion_tokens"u8) ? Fields.Limit
        : reader.ValueTextEquals("stream_options"u8) ? Fields.StreamOptions
        : reader.ValueTextEquals("n"u8) ? Fields.Answers
        : Fields.None;

    private static bool IsEmpty(Range range) => range.End.Value == 0;

    [Flags]
    private enum Fields
    {
        None = 0,
        Model = 1,
        Messages = 2,
        Stream = 4,
        Limit = 8,
        StreamOptions = 16,
        Answers = 32,
    }
}
