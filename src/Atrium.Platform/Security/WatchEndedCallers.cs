using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace Atrium.Platform.Security;

/// <summary>
/// Looks four times a second which callers have ended, on this server or on another one of the house, and ends what they have open here.
/// One way for every end: sign-out, revocation, a changed password, a smaller role, suspension, age.
/// </summary>
/// <remarks>It looks back over <see cref="Overlap"/>, so that a caller who ends while their request is being let in is found, and servers may disagree about the time by as much.</remarks>
internal sealed class WatchEndedCallers(IEnumerable<IEndedCallers> sources, OpenRequests requests, Readiness readiness, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private static readonly HashSet<Guid> None = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var since = clock.GetUtcNow();
        while (true)
        {
            await Task.Delay(Interval, clock, stoppingToken);
            // Whoever moves a clock by hand fires this timer on their own thread and must get it back.
            await Task.Yield();
            try
            {
                var now = clock.GetUtcNow();
                if (readiness.IsReady && !requests.IsEmpty)
                    requests.End(await EndedAsync(since - Overlap, now, stoppingToken));
                since = now;
            }
            catch (DatabaseUnavailableException)
            {
                // Nobody can be let in either while the database is away; the next look finds what ended meanwhile.
                requests.End(None);
            }
        }
    }

    private async Task<IReadOnlySet<Guid>> EndedAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation)
    {
        var ended = new HashSet<Guid>();
        foreach (var source in sources)
            ended.UnionWith(await source.EndedAsync(since, until, cancellation));
        return ended;
    }
}
