using System.Text.Json;

namespace Atrium.Assistant.Imports;

/// <summary>Reads what is there from JSON that may be anything. What is missing or of another type is null.</summary>
internal static class JsonFields
{
    /// <summary>1990 to 2100: what else a file says about time is a mistake.</summary>
    private const double EarliestSecond = 631_152_000;

    private const double LatestSecond = 4_102_444_800;

    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? Field(this JsonElement? element, string name) => element?.Field(name);

    /// <summary>A string, without what a database cannot keep.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value ? PlainText.Clean(value.GetString()!) : null;

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    /// <summary>At most so many letters of a string.</summary>
    public static string? Text(this JsonElement element, string name, int most) =>
        element.Text(name) is not { } text ? null : text.Length <= most ? text : PlainText.Clean(text[..most]);

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => ((JsonElement?)element).Items(name);

    /// <summary>Seconds since 1970, with a fraction.</summary>
    public static DateTimeOffset? Seconds(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var seconds) && seconds is >= EarliestSecond and < LatestSecond
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * 1_000_000) * TimeSpan.TicksPerMicrosecond)
            : null;

    /// <summary>A time as ISO 8601 says it.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time)
        && (time - DateTimeOffset.UnixEpoch).TotalSeconds is >= EarliestSecond and < LatestSecond
            ? time.ToUniversalTime()
            : null;

    /// <summary>What nobody here understands, as it was, for a person to read.</summary>
    public static string Readable(this JsonElement element, string kind)
    {
        var fence = "```";
        var raw = PlainText.Clean(element.GetRawText());
        while (raw.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return $"*[{kind}]*\n\n{fence}json\n{raw}\n{fence}";
    }
}
