using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Atrium.Ai;

/// <summary>A token that a key was exchanged for.</summary>
internal sealed record AccessToken(string Text, DateTimeOffset ExpiresAt);

/// <summary>
/// Tokens in memory, each until a minute before it expires. However many calls need one at once, a key is exchanged once.
/// </summary>
internal sealed class TokenCache(TimeProvider clock)
{
    private const int Most = 1_000;
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Lazy<Task<AccessToken>>> _tokens = new(StringComparer.Ordinal);

    /// <summary>What a token is kept under: the key is not.</summary>
    public static string IdentityOf(Uri address, string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{address}\n{key}")));

    /// <param name="identity">What the token is kept under.</param>
    /// <param name="exchange">Gets a token; no caller's cancellation may end it, for others wait for it, too.</param>
    /// <param name="cancellation">Ends this wait only.</param>
    public async Task<AccessToken> GetAsync(string identity, Func<Task<AccessToken>> exchange, CancellationToken cancellation)
    {
        if (_tokens.TryGetValue(identity, out var kept) && IsOver(kept))
            _tokens.TryRemove(KeyValuePair.Create(identity, kept));
        if (_tokens.Count >= Most)
            _tokens.Clear();
        return await _tokens.GetOrAdd(identity, _ => new Lazy<Task<AccessToken>>(exchange)).Value.WaitAsync(cancellation);
    }

    /// <summary>Forgets a token that was refused.</summary>
    public void Forget(string identity, AccessToken refused)
    {
        if (_tokens.TryGetValue(identity, out var kept) && kept is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } exchange }
            && exchange.GetAwaiter().GetResult() == refused)
            _tokens.TryRemove(KeyValuePair.Create(identity, kept));
    }

    private bool IsOver(Lazy<Task<AccessToken>> kept) =>
        kept is { IsValueCreated: true, Value: { IsCompleted: true } exchange }
        && (!exchange.IsCompletedSuccessfully || exchange.GetAwaiter().GetResult().ExpiresAt - Margin <= clock.GetUtcNow());
}
