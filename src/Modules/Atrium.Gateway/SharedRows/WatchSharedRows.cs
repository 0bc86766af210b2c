using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace Atrium.Gateway.SharedRows;

/// <summary>Loads what is kept in memory before the house opens, and looks each second whether another server has changed it.</summary>
internal sealed class WatchSharedRows(IEnumerable<ISharedRows> kept, Database database, Readiness readiness, TimeProvider clock) : BackgroundService, IStartTask
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, long> known = [];

    async Task IStartTask.StartAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        foreach (var rows in kept.Where(rows => !known.ContainsKey(rows.Name)))
            await rows.LoadAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, stoppingToken);
            // A clock that is moved by hand must not load for each second of it on the mover's thread.
            await Task.Yield();
            try
            {
                if (readiness.IsReady)
                    await LookAsync(stoppingToken);
            }
            catch (DatabaseUnavailableException)
            {
                // Nothing can be changed now either; the next second looks again.
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        // The versions first: what changes while the rows are read is found at the next look.
        foreach (var version in await database.QueryAsync<VersionRow>("SELECT name, version FROM gateway_shared_rows", null, cancellation))
        {
            if (known.GetValueOrDefault(version.Name) == version.Version || kept.FirstOrDefault(rows => rows.Name == version.Name) is not { } rows)
                continue;
            await rows.LoadAsync(cancellation);
            known[version.Name] = version.Version;
        }
    }

    internal sealed record VersionRow
    {
        public required string Name { get; init; }

        public required long Version { get; init; }
    }
}
