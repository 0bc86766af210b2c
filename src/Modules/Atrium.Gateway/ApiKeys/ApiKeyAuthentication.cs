using System.Security.Claims;
using Atrium.Contracts.Accounts;
using Atrium.Gateway.Api;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.ApiKeys;

/// <summary>
/// Decides about every API key, whichever way it was carried: who it is, whether it still counts, and whether it may be used here. What the key
/// may ask for is decided where the model is known.
/// </summary>
internal sealed class ApiKeyAuthentication(KnownApiKeys keys, Database database, IPeople people, RequestLimits limits, HouseSettings house, TimeProvider clock) : IAuthenticationHandler
{
    public const string Scheme = "api-key";

    /// <summary>How exact "last used" is; finer would be a durable write per call.</summary>
    private static readonly TimeSpan UsedStep = TimeSpan.FromMinutes(5);

    private HttpContext context = null!;
    private ApiFailure refusal = ApiKeyRefusals.Missing;
    private ClaimsPrincipal? principal;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        this.context = context;
        return Task.CompletedTask;
    }

    public async Task<AuthenticateResult> AuthenticateAsync()
    {
        if (await FindRefusalAsync() is { } found)
        {
            refusal = found;
            return AuthenticateResult.Fail(found.Code);
        }
        return AuthenticateResult.Success(new AuthenticationTicket(principal!, Scheme));
    }

    public Task ChallengeAsync(AuthenticationProperties? properties) => refusal.WriteAsync(context);

    public Task ForbidAsync(AuthenticationProperties? properties) => refusal.WriteAsync(context);

    private async Task<ApiFailure?> FindRefusalAsync()
    {
        try
        {
            return await JudgeAsync();
        }
        catch (DatabaseUnavailableException exception)
        {
            return ApiFailures.Explain(exception);
        }
    }

    private async Task<ApiFailure?> JudgeAsync()
    {
        var cancellation = context.RequestAborted;
        if (ApiKeyCarriers.InAddress(context.Request) is { } exposed)
        {
            await FlagAsync(exposed);
            return ApiKeyRefusals.InAddress;
        }
        var (secret, isAmbiguous) = ApiKeyCarriers.Find(context.Request);
        if (isAmbiguous)
            return ApiKeyRefusals.Ambiguous;
        if (secret is null || !secret.StartsWith(ApiKeySecret.Beginning, StringComparison.Ordinal))
            return await CountFailureAsync() ?? (secret is null ? ApiKeyRefusals.Missing : ApiKeyRefusals.Unknown);
        var now = clock.GetUtcNow();
        var known = await keys.FindAsync(ApiKeySecret.HashOf(secret), cancellation);
        var key = known?.Key;
        if (key is null or { RevokedAt: not null } || key.ExpiresAt <= now || await people.FindAsync(key.PersonId, cancellation) is not { } person)
            return await CountFailureAsync() ?? (key is { RevokedAt: null } && key.ExpiresAt <= now ? ApiKeyRefusals.Expired : ApiKeyRefusals.Unknown);
        var scope = known!.Scope;
        if (!scope.AllowsAddress(context.Connection.RemoteIpAddress))
            return ApiKeyRefusals.Address;
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiEndpoint>() is { } endpoint && !scope.AllowsEndpoint(endpoint.Name))
            return ApiKeyRefusals.Endpoint;
        if (await CountAsync("key " + key.Id) is { } tooMany)
            return tooMany;
        context.Features.Set(new ApiCaller(key, scope, person));
        principal = known.Principal;
        await MarkUsedAsync(key, now);
        return null;
    }

    // Nobody guesses 256 bits, but each try costs a look into the database.
    private Task<ApiFailure?> CountFailureAsync() => CountAsync("address " + RequestLimits.NetworkOf(context.Connection.RemoteIpAddress));

    private async Task<ApiFailure?> CountAsync(string who) =>
        house.RateLimitsOn && await limits.TakeAsync(LimitClass.Default, who, context.RequestAborted) is { IsAllowed: false, Reset: var reset } ? ApiKeyRefusals.TooMany(reset) : null;

    private async Task FlagAsync(string secret) =>
        await database.ExecuteAsync("UPDATE gateway_api_keys SET exposed_at = @Now WHERE hash = @Hash", new { Now = clock.GetUtcNow(), Hash = ApiKeySecret.HashOf(secret) }, context.RequestAborted);

    private async Task MarkUsedAsync(ApiKey key, DateTimeOffset now)
    {
        if (now - key.LastUsedAt < UsedStep)
            return;
        try
        {
            await database.ExecuteAsync("UPDATE gateway_api_keys SET last_used_at = @now WHERE id = @Id", new { now, key.Id }, context.RequestAborted);
        }
        catch (Exception exception) when (exception is StorageFullException or DatabaseUnavailableException)
        {
            // When a key was last used is not worth refusing it.
        }
    }
}
