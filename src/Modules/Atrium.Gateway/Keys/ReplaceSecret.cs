using System.ComponentModel.DataAnnotations;
using Atrium.Ai;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Keys;

/// <summary>Puts a new secret into a key: its name, its address, and every choice that names it stay.</summary>
internal static class ReplaceSecret
{
    public sealed record Request
    {
        [StringLength(Account.LongestKey)]
        public string? ApiKey { get; init; }

        /// <summary>Secret settings of providers that have several.</summary>
        public IReadOnlyDictionary<string, string?>? Settings { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/provider-keys/{id:guid}/secret", Handle).WithName("ReplaceProviderKeySecret").WithSummary("Put a new secret into a key").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<KeyView.Item>, ProblemHttpResult>> Handle(
        Guid id, Request request, Caller caller, ProviderCatalogue catalogue, AccountReader accounts, KeyRing keys, CancellationToken cancellation)
    {
        if (await keys.FindAsync(caller.PersonId, id, cancellation) is not { } key)
            return Problems.NotFound();
        if (catalogue.Find(key.Provider) is not { IsUsable: true } provider)
            return Problems.Conflict("provider-not-usable", "This provider cannot be used any more.");
        var (account, problem) = await accounts.ReadReplacementAsync(provider, key, request.ApiKey, request.Settings, cancellation);
        if (problem is not null)
            return problem;
        return await keys.ReplaceSecretsAsync(key, provider, account!, cancellation) is { } changed ? TypedResults.Ok(KeyView.Of(changed)) : Problems.NotFound();
    }
}
