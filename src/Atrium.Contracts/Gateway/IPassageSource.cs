namespace Atrium.Contracts.Gateway;

/// <summary>A short piece of a person's own text that may answer a question.</summary>
public sealed record OwnPassage(string Title, string Text);

/// <summary>Finds passages in what a person keeps, for Offline Lite's quotes. Many modules contribute one.</summary>
public interface IPassageSource
{
    /// <returns>At most <paramref name="limit"/> passages of this person only, best first.</returns>
    Task<IReadOnlyList<OwnPassage>> FindAsync(Guid personId, string question, int limit, CancellationToken cancellation);
}
