using Atrium.Ai;
using Atrium.Contracts.Accounts;
using Atrium.Gateway.Keys;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.HouseKeys;

/// <summary>Stores a provider key for the house, sealed and switched off.</summary>
internal static class CreateHouseKey
{
    public sealed record Request : HouseKey.Terms;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(HouseKey.Route, Handle).WithName("CreateHouseKey").WithSummary("Store a provider key for the house").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<Created<KeyView.Item>, ProblemHttpResult>> Handle(
        Request request, HttpContext context, ProviderCatalogue catalogue, AccountReader accounts, KeyRing keys, IPeople people, Database database, HouseSettings house, TimeProvider clock, CancellationToken cancellation)
    {
        if (catalogue.Find(request.Provider) is not { IsUsable: true } provider)
            return Problems.Invalid("provider", "There is no such provider, or it cannot be used.");
        if (await HouseKey.FindAudienceAsync(request.Audience, people, cancellation) is not { } audience)
            return Problems.Invalid("audience", "This is everyone, or group: and a group's id.");
        var secret = request.ApiKey;
        if (request.Setting is { } setting && (request.ApiKey is not null || !house.OfferedKeys.TryGetValue(setting, out secret) || HouseKey.ProviderOfSetting[setting] != provider.Id))
            return Problems.Invalid("setting", "The operator offers no key of this provider there, or another key was given.");
        var (account, problem) = await accounts.ReadWholeAsync(provider, secret, request.BaseUrl, request.Settings, cancellation);
        if (problem is not null)
            return problem;
        var key = await keys.SealAsync(HouseKey.OwnerId, provider, request.Name, account!, cancellation) with { Audience = audience, Enabled = false };
        var audit = AuditEntry.Of(context, AuditActions.HouseKeyAdded, key.Id) with { Details = new Dictionary<string, string> { ["provider"] = provider.Id, ["audience"] = audience } };
        return await database.WriteAsync(unit => Store(unit, key, audit, clock.GetUtcNow()), cancellation)
            ? TypedResults.Created($"{HouseKey.Route}/{key.Id}", KeyView.Of(key))
            : Problems.Conflict("too-many-keys", $"The house has {KeyRing.MostPerPerson} keys. Delete one you do not use.");
    }

    private static bool Store(WriteUnit unit, ProviderKey key, AuditEntry audit, DateTimeOffset now)
    {
        if (!KeyRing.Store(unit, key))
            return false;
        AuditLog.Append(unit, audit, now);
        return true;
    }
}
