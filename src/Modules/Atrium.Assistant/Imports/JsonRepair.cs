using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Atrium.Assistant.Imports;

/// <summary>
/// Overwrites, in place, what makes text in JSON unreadable: bytes that are not UTF-8, and escapes of half a surrogate pair. Real exports hold
/// emoji that were cut in the middle; they should cost a letter and not a conversation.
/// </summary>
internal static class JsonRepair
{
    private const int EscapeLength = 6;

    public static void Mend(Span<byte> json)
    {
        if (!Utf8.IsValid(json))
            MendBytes(json);
        var rest = json;
        while (rest.IndexOf((byte)'\\') is var place and >= 0 && place + 1 < rest.Length)
        {
            rest = rest[place..];
            rest = rest[1] == 'u' && Unit(rest) is { } unit && char.IsSurrogate(unit) ? MendPair(rest, unit) : rest[2..];
        }
    }

    private static Span<byte> MendPair(Span<byte> rest, char unit)
    {
        if (char.IsHighSurrogate(unit) && rest.Length > EscapeLength && rest[EscapeLength] == '\\' && Unit(rest[EscapeLength..]) is { } second && char.IsLowSurrogate(second))
            return rest[(2 * EscapeLength)..];
        "fffd"u8.CopyTo(rest[2..]);
        return rest[EscapeLength..];
    }

    private static void MendBytes(Span<byte> json)
    {
        while (!json.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(json, out _, out var length) != System.Buffers.OperationStatus.Done)
                json[..length].Fill((byte)'?');
            json = json[length..];
        }
    }

    /// <summary>The letter that an escape such as <c>\u0041</c> stands for.</summary>
    private static char? Unit(ReadOnlySpan<byte> escape) =>
        escape.Length >= EscapeLength && escape[1] == 'u' && ushort.TryParse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
