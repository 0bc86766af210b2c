using System.Globalization;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Gateway.Costs;

/// <summary>Whole UTC days, both ends included.</summary>
internal sealed record CostRange(DateOnly From, DateOnly To)
{
    public const int LongestDays = 366;
    private const int UsualDays = 30;

    public int Days => To.DayNumber - From.DayNumber + 1;

    public DateTimeOffset Start => StartOf(From);

    /// <summary>The moment after it.</summary>
    public DateTimeOffset End => StartOf(To.AddDays(1));

    /// <summary>As many days before it.</summary>
    public CostRange Previous => new(From.AddDays(-Days), From.AddDays(-1));

    /// <summary>For the name of a file.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd}-to-{To:yyyy-MM-dd}");

    /// <summary>Without ends, the last thirty days.</summary>
    public static (CostRange? Range, ProblemHttpResult? Problem) Read(DateOnly? from, DateOnly? to, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var last = to ?? today;
        // A browser's day may begin before the one in UTC.
        if (last > today.AddDays(1))
            return (null, Problems.Invalid("to", "This is after tomorrow."));
        if (last.Year < 2000)
            return (null, Problems.Invalid("to", "This is a day since 2000."));
        var first = from ?? last.AddDays(1 - UsualDays);
        if (first > last)
            return (null, Problems.Invalid("from", "This is after the last day."));
        return last.DayNumber - first.DayNumber + 1 > LongestDays
            ? (null, Problems.Invalid("from", $"At most {LongestDays} days."))
            : (new CostRange(first, last), null);
    }

    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
