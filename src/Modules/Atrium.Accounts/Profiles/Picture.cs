using Atrium.Platform.Data;

namespace Atrium.Accounts.Profiles;

/// <summary>A picture that a person shows of themselves.</summary>
/// <param name="Name">Its last part of the address.</param>
/// <param name="Column">Where its id is kept; part of statements, so never a person's text.</param>
/// <param name="Width">Pixels; what was sent is cut to this.</param>
internal sealed record Picture(string Name, string Column, int Width, int Height)
{
    public static Picture Avatar { get; } = new("avatar", "avatar_id", 512, 512);

    public static Picture Banner { get; } = new("banner", "banner_id", 1500, 500);

    /// <returns>The id of the picture before; null when there was none.</returns>
    public Guid? Replace(WriteUnit unit, Guid personId, Guid? id)
    {
        var before = unit.QuerySingleOrDefault<PictureRow>($"SELECT {Column} AS id FROM accounts_people WHERE id = @personId {unit.Dialect.ForUpdate}", new { personId });
        unit.Execute($"UPDATE accounts_people SET {Column} = @id WHERE id = @personId", new { personId, id });
        return before?.Id;
    }

    internal sealed record PictureRow
    {
        public Guid? Id { get; init; }
    }
}
