using System.Globalization;

namespace Atrium.Gateway.Costs;

/// <summary>Where a page of calls ended. Not a secret: the owner is in the query.</summary>
internal sealed record CallCursor(DateTimeOffset At, Guid Id)
{
    public static CallCursor Of(CallRow row) => new(row.At, row.Id);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id:N}");

    /// <returns>Null when the text is not a cursor.</returns>
    public static CallCursor? Parse(string text) =>
        text.Split('.') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        && time <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParseExact(id, "N", out var parsed)
            ? new CallCursor(new DateTimeOffset(time, TimeSpan.Zero), parsed)
            : null;
}
