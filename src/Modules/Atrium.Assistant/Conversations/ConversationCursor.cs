using System.Globalization;

namespace Atrium.Assistant.Conversations;

/// <summary>Where a page of the conversation list ended. Not a secret: the owner is in the query.</summary>
internal sealed record ConversationCursor(bool IsPinned, DateTimeOffset UpdatedAt, Guid Id)
{
    public static string Of(ListConversations.Item last) =>
        string.Create(CultureInfo.InvariantCulture, $"{(last.Pinned ? 1 : 0)}.{last.UpdatedAt.UtcTicks}.{last.Id:N}");

    /// <returns>Null when the text is not a cursor.</returns>
    public static ConversationCursor? Parse(string text) =>
        text.Split('.') is [("0" or "1") and var pinned, var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        && time <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParseExact(id, "N", out var parsed)
            ? new ConversationCursor(pinned == "1", new DateTimeOffset(time, TimeSpan.Zero), parsed)
            : null;
}
