using System.Globalization;
using System.Text.RegularExpressions;

namespace Atrium.Ai.Offline;

/// <summary>Answers questions about dates.</summary>
internal sealed partial class Calendar(DateTimeOffset now, Phrases phrases)
{
    private const int LongestQuestion = 120;

    private readonly DateOnly _today = DateOnly.FromDateTime(now.DateTime);
    private readonly DateReader _dates = new(DateOnly.FromDateTime(now.DateTime), monthFirst: phrases.Language is "en");

    /// <summary>The answer, or null when the question is not about dates.</summary>
    /// <param name="plain">The question as plain text.</param>
    public string? Answer(string plain)
    {
        if (plain.Length is 0 or > LongestQuestion)
            return null;
        if (Today().IsMatch(plain))
            return phrases.TodayIs(phrases.Write(_today));
        return Until(plain) ?? Between(plain) ?? Since(plain) ?? Offset(plain) ?? DayOf(plain);
    }

    private string? Until(string plain)
    {
        if (UntilQuestion().Match(plain) is not { Success: true } match || !_dates.TryRead(match.Groups["date"].Value, past: false, out var date))
            return null;
        if (date is not { } day)
            return phrases.NoSuchDate;
        var days = day.DayNumber - _today.DayNumber;
        return days >= 0 ? phrases.DaysUntil(days, phrases.Write(day)) : phrases.DaysSince(-days, phrases.Write(day));
    }

    private string? Since(string plain)
    {
        if (SinceQuestion().Match(plain) is not { Success: true } match || !_dates.TryRead(match.Groups["date"].Value, past: true, out var date))
            return null;
        if (date is not { } day)
            return phrases.NoSuchDate;
        var days = _today.DayNumber - day.DayNumber;
        return days >= 0 ? phrases.DaysSince(days, phrases.Write(day)) : phrases.DaysUntil(-days, phrases.Write(day));
    }

    private string? Between(string plain)
    {
        if (BetweenQuestion().Match(plain) is not { Success: true } match
            || !_dates.TryRead(match.Groups["from"].Value, past: false, out var from)
            || !_dates.TryRead(match.Groups["to"].Value, past: false, out var to))
            return null;
        return from is { } first && to is { } last
            ? phrases.DaysBetween(Math.Abs(last.DayNumber - first.DayNumber), phrases.Write(first), phrases.Write(last))
            : phrases.NoSuchDate;
    }

    private string? DayOf(string plain)
    {
        var match = DayQuestion().Match(plain);
        // Alone, "1/3" and "1.5" are sums, not days.
        if (!match.Success && ShortDate().IsMatch(plain))
            return null;
        var asked = match.Success ? match.Groups["date"].Value : plain;
        if (!_dates.TryRead(asked, past: false, out var date))
            return null;
        return date is { } day ? phrases.IsOn(asked, phrases.Write(day)) : phrases.NoSuchDate;
    }

    /// <summary>"in 90 days", "3 weeks ago", "2 months from 2027-03-01".</summary>
    private string? Offset(string plain)
    {
        var match = AheadQuestion().Match(plain);
        var isBack = !match.Success && (match = BackQuestion().Match(plain)).Success;
        if (!match.Success || !int.TryParse(match.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        DateOnly? start = _today;
        if (match.Groups["date"].Success && !_dates.TryRead(match.Groups["date"].Value, past: false, out start))
            return null;
        if (start is not { } from || Move(from, isBack ? -number : number, match.Groups["unit"].Value) is not { } date)
            return phrases.NoSuchDate;
        return phrases.IsOn(plain, phrases.Write(date));
    }

    private static DateOnly? Move(DateOnly from, int number, string unit)
    {
        try
        {
            return unit switch
            {
                "week" or "weeks" or "semana" or "semanas" or "tuan" => from.AddDays(checked(number * 7)),
                "month" or "months" or "mes" or "meses" or "thang" => from.AddMonths(number),
                "year" or "years" or "ano" or "anos" or "nam" => from.AddYears(number),
                _ => from.AddDays(number),
            };
        }
        catch (Exception beyond) when (beyond is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    [GeneratedRegex("^(?:what day is (?:it|today)(?: today)?|what is (?:the date|today's date|today)(?: today)?|what's the date|today|date|que dia es(?: hoy)?|que fecha es(?: hoy)?|hoy|fecha|hom nay(?: la)?(?: ngay (?:may|bao nhieu|gi)| thu may)?|ngay may)\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Today();

    [GeneratedRegex("^(?:how many )?(?:days|how long)(?: is it| are there| left)? (?:until|till|til|to) (?<date>.+)\\z|^(?:cuantos )?dias (?:faltan |quedan )?(?:hasta|para) (?<date>.+)\\z|^(?:cuanto|cuantos dias) (?:falta|faltan|queda|quedan) para (?<date>.+)\\z|^(?:con )?(?:bao nhieu|may) ngay (?:nua )?(?:la )?(?:den|toi) (?<date>.+)\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UntilQuestion();

    [GeneratedRegex("^(?:how many )?(?:days|how long)(?: is it| has it been)? since (?<date>.+)\\z|^(?:cuantos )?dias (?:han pasado )?desde (?<date>.+)\\z|^(?:da )?(?:bao nhieu|may) ngay (?:ke )?tu (?<date>.+)\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SinceQuestion();

    [GeneratedRegex("^(?:how many )?days (?:are there )?(?:between|from) (?<from>.+) (?:and|to|until) (?<to>.+)\\z|^(?:cuantos )?dias (?:hay )?(?:entre|desde|del|de) (?<from>.+) (?:y|hasta|al|a) (?<to>.+)\\z|^(?:bao nhieu|may) ngay (?:tu|giua) (?<from>.+) (?:den|va|toi) (?<to>.+)\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex BetweenQuestion();

    [GeneratedRegex("^(?:what |which )?(?:day|weekday)(?: of the week)? (?:is|was|will be|of) (?<date>.+)\\z|^(?:que )?dia (?:de la semana )?(?:es|fue|sera|cae|cae el) (?<date>.+)\\z|^(?:ngay )?(?<date>.+?) la (?:thu may|ngay thu may|ngay gi)\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DayQuestion();

    [GeneratedRegex("^[0-9]{1,2}[/.][0-9]{1,2}\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ShortDate();

    [GeneratedRegex("^(?:what (?:date|day) (?:is|will it be) )?(?:in )?(?<n>[0-9]{1,6}) (?<unit>days?|weeks?|months?|years?)(?: from (?:now|today)| (?:from|after) (?<date>.+))?\\z|^(?:que (?:dia|fecha) (?:es|sera) )?(?:en|dentro de) (?<n>[0-9]{1,6}) (?<unit>dias?|semanas?|mes|meses|anos?)\\z|^(?<n>[0-9]{1,6}) (?<unit>dias?|semanas?|mes|meses|anos?) despues (?:del|de) (?<date>.+)\\z|^(?:sau )?(?<n>[0-9]{1,6}) (?<unit>ngay|tuan|thang|nam)(?: nua)?(?: sau (?<date>.+))?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AheadQuestion();

    [GeneratedRegex("^(?:what (?:date|day) was )?(?<n>[0-9]{1,6}) (?<unit>days?|weeks?|months?|years?) (?:ago|before (?<date>.+))\\z|^hace (?<n>[0-9]{1,6}) (?<unit>dias?|semanas?|mes|meses|anos?)\\z|^(?<n>[0-9]{1,6}) (?<unit>ngay|tuan|thang|nam) truoc(?: (?<date>.+))?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex BackQuestion();
}
