using Atrium.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant.Instances;

/// <summary>
/// Which servers of this house are alive. On PostgreSQL several may share a store; each says every few seconds that it is there. A SQLite file has
/// one server, so whatever another one left is left by the dead.
/// </summary>
/// <remarks>Servers of one house must agree about the time to within a few seconds.</remarks>
internal sealed class InstanceLeases([FromKeyedServices(Databases.StreamsName)] Database streams, TimeProvider clock)
{
    public static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(3);

    /// <summary>Four beats: one that is late because of a pause or a slow commit is no death.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(12);

    /// <summary>This server, from its start to its end.</summary>
    public Guid Own { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    public bool IsAlone => streams.Dialect == SqlDialect.Sqlite;

    public Task BeatAsync(CancellationToken cancellation) =>
        IsAlone
            ? Task.CompletedTask
            : streams.ExecuteAsync(
                "INSERT INTO assistant_instances (id, seen_at) VALUES (@Own, @Now) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at", new { Own, Now = clock.GetUtcNow() }, cancellation);

    public async Task<IReadOnlySet<Guid>> AliveAsync(CancellationToken cancellation)
    {
        if (IsAlone)
            return new HashSet<Guid> { Own };
        var alive = await streams.QueryAsync<Guid>("SELECT id FROM assistant_instances WHERE seen_at >= @Limit", new { Limit = clock.GetUtcNow() - Length }, cancellation);
        return new HashSet<Guid>(alive) { Own };
    }

    /// <summary>Forgets servers whose end was long ago.</summary>
    public Task ForgetDeadAsync(CancellationToken cancellation) =>
        IsAlone ? Task.CompletedTask : streams.ExecuteAsync("DELETE FROM assistant_instances WHERE seen_at < @Limit", new { Limit = clock.GetUtcNow() - 10 * Length }, cancellation);

    /// <summary>A clean end: whoever starts next need not wait.</summary>
    public Task ReleaseAsync(CancellationToken cancellation) =>
        IsAlone ? Task.CompletedTask : streams.ExecuteAsync("DELETE FROM assistant_instances WHERE id = @Own", new { Own }, cancellation);
}
