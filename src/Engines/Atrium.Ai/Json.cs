using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Reads members that may be absent, null or of another type: providers promise shapes, they do not keep them.</summary>
internal static class Json
{
    /// <summary>The abstractions' own options, without the line breaks that would be sent and paid for.</summary>
    public static JsonSerializerOptions Compact { get; } = new(AIJsonUtilities.DefaultOptions)
    {
        WriteIndented = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonElement? Object(JsonElement element, string name) => Member(element, name, JsonValueKind.Object);

    public static JsonElement? Array(JsonElement element, string name) => Member(element, name, JsonValueKind.Array);

    /// <summary>The text of a string member; null for anything else.</summary>
    public static string? String(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.String) is { } member ? Text(member) : null;

    /// <summary>The text of a string; null for anything else. Half a surrogate pair, which some hosts send, and bytes that are no UTF-8 become U+FFFD.</summary>
    public static string? Text(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.String)
            return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return JsonStringRepair.Unescape(Raw(element));
        }
    }

    /// <summary>An id or a word as far as it is kept: at most 200 characters.</summary>
    public static string? Short(string? text) => text is { Length: > 200 } ? text[..200] : text;

    /// <summary>True when a text is JSON.</summary>
    public static bool IsValid(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The JSON as it came; bytes that are no UTF-8 become U+FFFD.</summary>
    public static string Raw(JsonElement element) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>A whole number, also one written as a string or with a fraction of zero.</summary>
    public static int? Integer(JsonElement element, string name) =>
        Number(element, name) is { } value && value == Math.Truncate(value) && value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    /// <summary>A count: a whole number from zero to 10¹².</summary>
    public static long? Count(JsonElement element, string name) =>
        Number(element, name) is { } value && value is >= 0 and <= 1_000_000_000_000 ? (long)value : null;

    /// <summary>A number, also one written as a string.</summary>
    public static decimal? Number(JsonElement element, string name)
    {
        if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out var member))
            return null;
        if (member.ValueKind is JsonValueKind.Number)
            return member.TryGetDecimal(out var value) ? value : null;
        return member.ValueKind is JsonValueKind.String
            && decimal.TryParse(Text(member), System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
    }

    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
