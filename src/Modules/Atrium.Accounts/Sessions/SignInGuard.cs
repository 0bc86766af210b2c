using Atrium.Accounts.People;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Security;

namespace Atrium.Accounts.Sessions;

/// <summary>
/// Slows guessing of one account's password down without locking its owner out: all networks that are strange to the account share one small
/// allowance, and each network from which its owner has signed in before has one of its own. So however many addresses guess, few
/// guesses reach the hash, and none of them takes the owner's turn. A name that nobody has is treated alike.
/// </summary>
internal sealed class SignInGuard(Database database, HouseSettings settings, TimeProvider clock)
{
    private const int Strange = 0;
    private const int Familiar = 1;
    private const int MostKeys = 100_000;

    /// <summary>How long a network stays familiar after its last sign-in.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    private static readonly RateLimit StrangeGuesses = new(10, TimeSpan.FromMinutes(15));
    private static readonly RateLimit FamiliarGuesses = new(10, TimeSpan.FromMinutes(5));

    private readonly SlidingWindows windows = new(clock, MostKeys);

    /// <summary>One password that is about to be compared.</summary>
    public readonly record struct Guess(bool IsAllowed, TimeSpan Wait, int Group, string Key);

    /// <summary>Counts a guess before it is compared, so that many at once are no way around.</summary>
    public async Task<Guess> TakeAsync(string username, PersonRow? person, string network, CancellationToken cancellation)
    {
        if (!settings.RateLimitsOn)
            return new Guess(true, TimeSpan.Zero, Strange, "");
        var account = Username.TryKeyOf(username, out var key) ? key : "";
        // Asked for nobody too, so that the time it takes tells nothing.
        var isFamiliar = await IsFamiliarAsync(person?.Id ?? Guid.Empty, network, cancellation);
        var (group, place, rule) = isFamiliar ? (Familiar, $"{account}\n{network}", FamiliarGuesses) : (Strange, account, StrangeGuesses);
        var verdict = windows.Take(group, place, rule);
        return new Guess(verdict.IsAllowed, verdict.Reset, group, place);
    }

    /// <summary>It was right: only wrong ones count.</summary>
    public void GiveBack(Guess guess) => windows.GiveBack(guess.Group, guess.Key);

    private async Task<bool> IsFamiliarAsync(Guid personId, string network, CancellationToken cancellation) =>
        await database.ScalarAsync<long>(
            "SELECT COUNT(*) FROM accounts_sessions WHERE person_id = @personId AND network = @network AND last_seen_at > @since",
            new { personId, network, since = clock.GetUtcNow() - Remembered },
            cancellation) > 0;
}
