using System.Globalization;
using System.Text.RegularExpressions;

namespace Atrium.Ai.Offline;

/// <summary>Answers what time it is here, there, and there when it is some time here.</summary>
internal sealed partial class WorldClock(DateTimeOffset utcNow, TimeZoneInfo home, Phrases phrases)
{
    private const int LongestQuestion = 120;

    /// <summary>The answer, or null when the question is not about the time.</summary>
    /// <param name="plain">The question as plain text.</param>
    public string? Answer(string plain)
    {
        if (plain.Length is 0 or > LongestQuestion)
            return null;
        if (Now().IsMatch(plain))
        {
            var here = TimeZoneInfo.ConvertTime(utcNow, home);
            return phrases.NowIs(Time(here), phrases.Write(DateOnly.FromDateTime(here.DateTime)), home.Id);
        }
        if (NowThere().Match(plain) is { Success: true } match)
            return There(match.Groups["place"].Value);
        return Elsewhere(plain);
    }

    private string There(string place)
    {
        if (Places.Find(place) is not { } zone)
            return phrases.UnknownPlace(PlainText.Title(place));
        var there = TimeZoneInfo.ConvertTime(utcNow, zone);
        var offset = there.ToString("zzz", CultureInfo.InvariantCulture);
        return phrases.TimeIn(PlainText.Title(place), Time(there), phrases.Write(DateOnly.FromDateTime(there.DateTime)), offset);
    }

    private string? Elsewhere(string plain)
    {
        if (TimeThere().Match(plain) is not { Success: true } match || ReadTime(match) is not { } time)
            return null;
        var (from, to) = (match.Groups["from"].Value, match.Groups["to"].Value);
        var source = from.Length == 0 ? home : Places.Find(from);
        var target = Places.Find(to);
        if (source is null || target is null)
            return phrases.UnknownPlace(PlainText.Title(source is null ? from : to));
        var day = TimeZoneInfo.ConvertTime(utcNow, source).Date;
        var there = TimeZoneInfo.ConvertTime(At(day + time.ToTimeSpan(), source), target);
        var name = from.Length == 0 ? source.Id : PlainText.Title(from);
        return phrases.TimeElsewhere(time.ToString("HH:mm", CultureInfo.InvariantCulture), name, Time(there), PlainText.Title(to), phrases.Write(DateOnly.FromDateTime(there.DateTime)));
    }

    /// <summary>A time that the change to summer time skips is taken an hour later.</summary>
    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private static TimeOnly? ReadTime(Match match)
    {
        var hour = int.Parse(match.Groups["h"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var minute = match.Groups["min"].Success ? int.Parse(match.Groups["min"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var half = match.Groups["half"].Value;
        if (half.Length > 0 && hour is < 1 or > 12)
            return null;
        if (half.Length > 0)
            hour = (hour % 12) + (half is "pm" ? 12 : 0);
        // A bare number is no time of day.
        var isTime = half.Length > 0 || match.Groups["min"].Success;
        return isTime && hour <= 23 && minute <= 59 ? new TimeOnly(hour, minute) : null;
    }

    private static string Time(DateTimeOffset time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?:what time is it(?: now)?|what's the time|time|now|que hora es|hora|la hora|may gio(?: roi)?|bay gio la may gio|gio)\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Now();

    [GeneratedRegex("^(?:what time is it |what's the time |what is the time |current time |time |now )in (?<place>.+)\\z|^(?:que )?hora (?:es |actual )?en (?<place>.+)\\z|^(?:bay gio la )?may gio (?:roi )?(?:o|tai) (?<place>.+)\\z|^gio (?:o|tai) (?<place>.+)\\z|^(?:o )?(?<place>.+) (?:bay gio )?(?:la )?may gio(?: roi)?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NowThere();

    [GeneratedRegex("^(?:a las |las |luc |at )?(?<h>[0-9]{1,2})(?:[:.h](?<min>[0-9]{2}))? ?(?<half>am|pm)?(?: (?:in |de |en |o )?(?<from>[a-z' -]+?))? (?:in|to|en|a|o|tai|sang|la may gio o) (?<to>[a-z' -]+)\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeThere();
}
