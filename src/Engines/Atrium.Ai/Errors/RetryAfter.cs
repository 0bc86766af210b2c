using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Atrium.Ai;

/// <summary>Reads how long a provider asks to wait, in every form providers use.</summary>
internal static partial class RetryAfter
{
    /// <summary>The three forms of an HTTP date (RFC 9110, section 5.6.7).</summary>
    private static readonly string[] Dates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    private static readonly string[] AnthropicLimits = ["requests", "tokens", "input-tokens", "output-tokens"];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// In this order: <c>retry-after-ms</c>, <c>x-ms-retry-after-ms</c>, <c>retry-after</c> in seconds or as a date,
    /// then the reset of a used-up <c>x-ratelimit-remaining-…</c> or <c>anthropic-ratelimit-…-remaining</c>. Never negative, at most a day; null when nothing is said.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider clock) =>
        Milliseconds(First(headers, "retry-after-ms"))
        ?? Milliseconds(First(headers, "x-ms-retry-after-ms"))
        ?? SecondsOrDate(First(headers, "retry-after"), clock)
        ?? Reset(headers, "requests")
        ?? Reset(headers, "tokens")
        ?? LatestReset(headers, clock);

    /// <summary>A duration such as <c>6m0s</c>, <c>1.5s</c> or <c>20ms</c>; null when it is not one.</summary>
    public static TimeSpan? Duration(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40 || !DurationForm().IsMatch(text))
            return null;
        var milliseconds = 0d;
        foreach (var part in DurationPart().EnumerateMatches(text))
            milliseconds += Part(text.AsSpan(part.Index, part.Length));
        return Bounded(milliseconds);
    }

    private static double Part(ReadOnlySpan<char> part)
    {
        var letters = part.IndexOfAnyInRange('a', 'z');
        var number = double.Parse(part[..letters], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return number * part[letters..] switch { "h" => 3_600_000, "m" => 60_000, "s" => 1_000, _ => 1 };
    }

    private static TimeSpan? Reset(HttpResponseHeaders headers, string dimension) =>
        First(headers, "x-ratelimit-remaining-" + dimension) is "0" ? Duration(First(headers, "x-ratelimit-reset-" + dimension)) : null;

    /// <summary>Anthropic's limits, each with the time (RFC 3339) at which it is whole again: all that are used up must be.</summary>
    private static TimeSpan? LatestReset(HttpResponseHeaders headers, TimeProvider clock)
    {
        DateTimeOffset? latest = null;
        foreach (var limit in AnthropicLimits)
            if (First(headers, $"anthropic-ratelimit-{limit}-remaining") is "0"
                && DateTimeOffset.TryParse(First(headers, $"anthropic-ratelimit-{limit}-reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                && !(at < latest))
                latest = at;
        return latest is { } reset ? Bounded((reset - clock.GetUtcNow()).TotalMilliseconds) : null;
    }

    private static TimeSpan? Milliseconds(string? text) => Number(text) is { } value ? Bounded(value) : null;

    private static TimeSpan? SecondsOrDate(string? text, TimeProvider clock)
    {
        if (Number(text) is { } seconds)
            return Bounded(seconds * 1000);
        return DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Bounded((at - clock.GetUtcNow()).TotalMilliseconds)
            : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static TimeSpan Bounded(double milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, Longest.TotalMilliseconds));

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    [GeneratedRegex(@"^\s*(?:[0-9]{1,9}(?:\.[0-9]{1,9})?(?:ms|h|m|s))+\s*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DurationForm();

    [GeneratedRegex(@"[0-9.]+(?:ms|h|m|s)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DurationPart();
}
