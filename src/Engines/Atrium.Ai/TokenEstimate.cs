using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>
/// Guesses token counts where a provider gives none (it was cut off, or never counts). Always marked as an estimate.
/// </summary>
/// <remarks>
/// The rule, in the spirit of byte-pair encodings: a word costs one token for each six letters begun, a run of digits one for each three,
/// a mark of punctuation or a symbol one, a line break one, single spaces nothing; a letter of a script without spaces between words
/// (Han, Kana, Hangul, Thai) one each, other letters beyond Latin one for each two. A message adds four, an image 800.
/// Against published tokenizers it is meant to be within about a quarter for prose, not for exact billing.
/// </remarks>
public static class TokenEstimate
{
    private const int PerMessage = 4;
    private const int PerImage = 800;

    /// <summary>Tokens of a text; 0 for null or empty. Linear in its length.</summary>
    public static int Text(string? text) => text is null ? 0 : Text(text.AsSpan());

    /// <summary>Tokens of a text; 0 when empty. Linear in its length.</summary>
    public static int Text(ReadOnlySpan<char> text)
    {
        long tokens = 0;
        var run = 0;
        var kind = Kind.Space;
        foreach (var rune in text.EnumerateRunes())
        {
            var next = KindOf(rune);
            if (next != kind)
            {
                tokens += Cost(kind, run);
                (kind, run) = (next, 0);
            }
            run++;
        }
        return (int)Math.Min(int.MaxValue, tokens + Cost(kind, run));
    }

    /// <summary>Tokens of a text in UTF-8 as it stands, escapes of JSON not undone. Linear in its length.</summary>
    public static long Utf8(ReadOnlySpan<byte> text)
    {
        long tokens = 0;
        var run = 0;
        var kind = Kind.Space;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            text = text[length..];
            var next = KindOf(rune);
            if (next != kind)
            {
                tokens += Cost(kind, run);
                (kind, run) = (next, 0);
            }
            run++;
        }
        return tokens + Cost(kind, run);
    }

    /// <summary>Input tokens of a conversation, tool calls, tool results and images included.</summary>
    public static int Messages(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        long tokens = 0;
        foreach (var message in messages)
            tokens += PerMessage + message.Contents.Sum(content => (long)Content(content));
        return (int)Math.Min(int.MaxValue, tokens);
    }

    /// <summary>Usage of a call whose provider gave none, with <see cref="UsageKeys.Estimated"/> set.</summary>
    /// <param name="messages">What was sent.</param>
    /// <param name="answer">What came back, reasoning included; null when nothing did.</param>
    public static UsageDetails Usage(IEnumerable<ChatMessage> messages, string? answer)
    {
        var input = Messages(messages);
        var output = Text(answer);
        return new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = (long)input + output,
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { [UsageKeys.Estimated] = 1 },
        };
    }

    private static int Content(AIContent content) => content switch
    {
        TextContent text => Text(text.Text),
        TextReasoningContent reasoning => Text(reasoning.Text),
        FunctionCallContent call => Text(call.Name) + (call.Arguments?.Sum(argument => 2 + Text(argument.Key) + Text(argument.Value?.ToString())) ?? 0),
        FunctionResultContent result => Text(result.Result?.ToString()),
        DataContent data when data.HasTopLevelMediaType("text") => data.Data.Length / 4,
        DataContent or UriContent => PerImage,
        _ => 0,
    };

    private static long Cost(Kind kind, int run) => kind switch
    {
        Kind.Letter => (run + 5) / 6,
        Kind.Digit => (run + 2) / 3,
        Kind.OtherLetter => (run + 1) / 2,
        // A run of blanks is one token (indentation), the single space before a word is part of it.
        Kind.Space => run > 1 ? 1 : 0,
        _ => run,
    };

    private static Kind KindOf(Rune rune)
    {
        if (rune.Value is '\n')
            return Kind.Single;
        if (Rune.IsWhiteSpace(rune))
            return Kind.Space;
        if (Rune.IsDigit(rune))
            return Kind.Digit;
        if (Rune.IsLetter(rune))
            return rune.Value < 0x250 || rune.Value is >= 0x1E00 and <= 0x1EFF ? Kind.Letter
                : IsUnspaced(rune.Value) ? Kind.Single
                : Kind.OtherLetter;
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? Kind.OtherLetter : Kind.Single;
    }

    private static bool IsUnspaced(int value) =>
        value is >= 0x0E00 and <= 0x0EFF or >= 0x1100 and <= 0x11FF or >= 0x2E80 and <= 0x9FFF or >= 0xAC00 and <= 0xD7FF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    private enum Kind
    {
        Space,
        Letter,
        OtherLetter,
        Digit,
        Single,
    }
}
