using System.ComponentModel.DataAnnotations;
using Atrium.Ai;
using Atrium.Gateway.Keys;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.HouseKeys;

/// <summary>Puts a new secret into a key of the house; everything else of it stays.</summary>
internal static class ReplaceHouseKeySecret
{
    public sealed record Request
    {
        [StringLength(Account.LongestKey)]
        public string? ApiKey { get; init; }

        /// <summary>Secret settings of providers that have several.</summary>
        public IReadOnlyDictionary<string, string?>? Settings { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(HouseKey.Route + "/{id:guid}/secret", Handle).WithName("ReplaceHouseKeySecret").WithSummary("Put a new secret into a key of the house").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<KeyView.Item>, ProblemHttpResult>> Handle(
        Guid id, Request request, HttpContext context, ProviderCatalogue catalogue, AccountReader accounts, KeyRing keys, TimeProvider clock, CancellationToken cancellation)
    {
        if (await keys.FindAsync(HouseKey.OwnerId, id, cancellation) is not { } key)
            return Problems.NotFound();
        if (catalogue.Find(key.Provider) is not { IsUsable: true } provider)
            return Problems.Conflict("provider-not-usable", "This provider cannot be used any more.");
        var (account, problem) = await accounts.ReadReplacementAsync(provider, key, request.ApiKey, request.Settings, cancellation);
        if (problem is not null)
            return problem;
        var (audit, now) = (AuditEntry.Of(context, AuditActions.HouseKeyChanged, id), clock.GetUtcNow());
        return await keys.ReplaceSecretsAsync(key, provider, account!, cancellation, unit => AuditLog.Append(unit, audit, now)) is { } changed ? TypedResults.Ok(KeyView.Of(changed)) : Problems.NotFound();
    }
}
