using System.Security.Claims;
using Atrium.Platform.Data;
using Atrium.Platform.Security;

namespace Atrium.Gateway.ApiKeys;

/// <summary>An API key with its scope read, and who its programs are to the rest of the house.</summary>
internal sealed record KnownApiKey(ApiKey Key, ApiKeyScope Scope)
{
    // Without a session's claim: a key is never taken for a signed-in person.
    public ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity(
        [new Claim("api-key", Key.Id.ToString()), new Claim(OpenRequests.EndsWithClaim, Key.Id.ToString()), new Claim(OpenRequests.EndsWithClaim, Key.PersonId.ToString())],
        ApiKeyAuthentication.Scheme));
}

/// <summary>Finds API keys by their secret's hash. A program sends the same one with each of its calls.</summary>
internal sealed class KnownApiKeys(Database database, TimeProvider clock)
{
    private readonly RowCache<string, KnownApiKey?> keys = new(database, clock, "gateway_api_keys");

    public ValueTask<KnownApiKey?> FindAsync(string hash, CancellationToken cancellation) => keys.GetAsync(hash, database, ReadAsync, cancellation);

    private static async Task<KnownApiKey?> ReadAsync(string hash, Database database, CancellationToken cancellation) =>
        await ApiKey.FindAsync(database, hash, cancellation) is { } key ? new KnownApiKey(key, key.Scope) : null;
}
