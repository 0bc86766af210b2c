namespace Atrium.Contracts.Gateway;

/// <summary>Says how the things are called that calls were made for. Each module whose calls name one contributes it.</summary>
public interface IThingTitles
{
    /// <summary>Whose calls the things belong to, as in <see cref="ChatCall.Module"/>.</summary>
    string Module { get; }

    /// <returns>The titles of those that are there and are this person's.</returns>
    Task<IReadOnlyDictionary<Guid, string>> FindAsync(Guid personId, IReadOnlyCollection<Guid> things, CancellationToken cancellation);
}
