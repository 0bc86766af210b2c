using System.Globalization;
using System.Text.RegularExpressions;

namespace Atrium.Ai.Offline;

/// <summary>Reads dates as people write them in English, Spanish and Vietnamese, as plain text.</summary>
/// <param name="today">The person's own today.</param>
/// <param name="monthFirst">True when 3/4 is the fourth of March.</param>
internal sealed partial class DateReader(DateOnly today, bool monthFirst)
{
    private static readonly Dictionary<string, int> Months = BuildMonths();

    private static readonly Dictionary<string, DayOfWeek> Weekdays = new(StringComparer.Ordinal)
    {
        ["sunday"] = DayOfWeek.Sunday,
        ["monday"] = DayOfWeek.Monday,
        ["tuesday"] = DayOfWeek.Tuesday,
        ["wednesday"] = DayOfWeek.Wednesday,
        ["thursday"] = DayOfWeek.Thursday,
        ["friday"] = DayOfWeek.Friday,
        ["saturday"] = DayOfWeek.Saturday,
        ["domingo"] = DayOfWeek.Sunday,
        ["lunes"] = DayOfWeek.Monday,
        ["martes"] = DayOfWeek.Tuesday,
        ["miercoles"] = DayOfWeek.Wednesday,
        ["jueves"] = DayOfWeek.Thursday,
        ["viernes"] = DayOfWeek.Friday,
        ["sabado"] = DayOfWeek.Saturday,
        ["chu nhat"] = DayOfWeek.Sunday,
        ["thu hai"] = DayOfWeek.Monday,
        ["thu ba"] = DayOfWeek.Tuesday,
        ["thu tu"] = DayOfWeek.Wednesday,
        ["thu nam"] = DayOfWeek.Thursday,
        ["thu sau"] = DayOfWeek.Friday,
        ["thu bay"] = DayOfWeek.Saturday,
    };

    /// <summary>Reads a whole text as a date.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="past">True when a date without a year means the last one, else it means the next one.</param>
    /// <param name="date">The date; null when the text has the form of a date that does not exist.</param>
    /// <returns>False when the text is no date at all.</returns>
    public bool TryRead(string text, bool past, out DateOnly? date)
    {
        text = Article().Replace(text.Trim(), "");
        date = Named(text, past);
        if (date is not null)
            return true;
        if (IsoDate().Match(text) is { Success: true } iso)
            return Found(Create(Number(iso, "y"), Number(iso, "m"), Number(iso, "d")), out date);
        if (SlashDate().Match(text) is { Success: true } slash)
            return Found(ReadSlash(slash, past), out date);
        var match = DayMonth().Match(text);
        if (!match.Success)
            match = MonthDay().Match(text);
        return match.Success && Months.TryGetValue(match.Groups["m"].Value, out var month) && Found(Near(Year(match), month, Number(match, "d"), past), out date);
    }

    private static bool Found(DateOnly? value, out DateOnly? date)
    {
        date = value;
        return true;
    }

    private DateOnly? Named(string text, bool past) => text switch
    {
        "today" or "hoy" or "hom nay" => today,
        "tomorrow" or "manana" or "ngay mai" => today.AddDays(1),
        "yesterday" or "ayer" or "hom qua" => today.AddDays(-1),
        "christmas" or "christmas day" or "xmas" or "navidad" or "giang sinh" => Near(null, 12, 25, past),
        "christmas eve" or "nochebuena" => Near(null, 12, 24, past),
        "new year" or "new year's day" or "new years" or "ano nuevo" or "nam moi" => Near(null, 1, 1, past),
        "new year's eve" or "nochevieja" or "fin de ano" => Near(null, 12, 31, past),
        "halloween" => Near(null, 10, 31, past),
        _ => Weekdays.TryGetValue(text, out var weekday) ? Weekday(weekday, past) : null,
    };

    private DateOnly Weekday(DayOfWeek weekday, bool past)
    {
        var ahead = ((int)weekday - (int)today.DayOfWeek + 7) % 7;
        return today.AddDays(past && ahead > 0 ? ahead - 7 : ahead);
    }

    private DateOnly? ReadSlash(Match match, bool past)
    {
        var (first, second) = (Number(match, "a"), Number(match, "b"));
        var isMonthFirst = second > 12 || (monthFirst && first <= 12);
        return Near(Year(match), isMonthFirst ? first : second, isMonthFirst ? second : first, past);
    }

    private DateOnly? Near(int? year, int month, int day, bool past)
    {
        if (year is { } known)
            return Create(known, month, day);
        // 29 February may be years away.
        for (var i = 0; i <= 8; i++)
            if (Create(today.Year + (past ? -i : i), month, day) is { } date && (past ? date <= today : date >= today))
                return date;
        return null;
    }

    private static DateOnly? Create(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int? Year(Match match) => match.Groups["y"].Success ? Number(match, "y") : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Dictionary<string, int> BuildMonths()
    {
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] names =
        [
            "january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr", "may mayo", "june jun junio", "july jul julio",
            "august aug agosto ago", "september sep sept septiembre setiembre", "october oct octubre", "november nov noviembre", "december dec diciembre dic",
        ];
        for (var i = 0; i < names.Length; i++)
        {
            foreach (var name in names[i].Split(' '))
                months[name] = i + 1;
            months[$"thang {i + 1}"] = i + 1;
        }
        return months;
    }

    [GeneratedRegex("^(?:the|el|la|on|ngay|next|proximo|este) ", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Article();

    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})[/.](?<b>[0-9]{1,2})(?:[/.](?<y>[0-9]{4}))?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SlashDate();

    [GeneratedRegex(@"^(?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?: of| de)? (?<m>[a-z]+|thang [0-9]{1,2})\.?(?:,? (?:de |del |nam )?(?<y>[0-9]{4}))?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"^(?<m>[a-z]+)\.? (?:the )?(?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?:,? (?<y>[0-9]{4}))?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MonthDay();
}
