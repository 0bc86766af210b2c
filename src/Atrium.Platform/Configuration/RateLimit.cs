using System.Globalization;
using System.Text.RegularExpressions;

namespace Atrium.Platform.Configuration;

/// <summary>So many requests in a window of time.</summary>
public sealed partial record RateLimit(int Requests, TimeSpan Window)
{
    /// <param name="text">Such as <c>200 per hour</c>.</param>
    /// <exception cref="FormatException">Not of that form.</exception>
    public static RateLimit Parse(string? text)
    {
        var match = Form().Match(text ?? "");
        if (!match.Success || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var requests) || requests == 0)
            throw new FormatException("must look like \"600 per minute\" (second, minute, hour or day).");
        return new RateLimit(requests, match.Groups[2].Value.ToLowerInvariant() switch
        {
            "second" => TimeSpan.FromSeconds(1),
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        });
    }

    [GeneratedRegex(@"^\s*(\d{1,9})\s*(?:per|/)\s*(second|minute|hour|day)s?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
