using System.Net;

namespace Atrium.Ai;

/// <summary>The time by a provider's clock: this machine's, until a refusal shows that the two differ.</summary>
internal sealed class ServerClock(TimeProvider clock)
{
    /// <summary>Services take signatures up to five minutes old.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(4);

    private TimeSpan _ahead;

    public DateTimeOffset Now => clock.GetUtcNow() + _ahead;

    /// <summary>Takes over the provider's time from a refusal; false when the time was not what was wrong.</summary>
    public bool Adjust(ProviderException refusal)
    {
        if (refusal.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            || refusal.ServerTime is not { } time || (time - Now).Duration() < Tolerance)
            return false;
        _ahead = time - clock.GetUtcNow();
        return true;
    }
}
