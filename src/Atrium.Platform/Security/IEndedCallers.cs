namespace Atrium.Platform.Security;

/// <summary>Tells which callers may no longer go on. A module that lets callers in says so of its own: sessions, keys, or whole people.</summary>
public interface IEndedCallers
{
    /// <returns>What ended from <paramref name="since"/> to <paramref name="until"/>: ids of sessions, as <see cref="Caller.SessionId"/> has them, or of people. Some may be told again.</returns>
    Task<IReadOnlyCollection<Guid>> EndedAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation);
}
