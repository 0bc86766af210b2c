using System.ComponentModel.DataAnnotations;
using Atrium.Ai;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Keys;

/// <summary>Stores a provider key, sealed, without making its provider the caller's choice.</summary>
internal static class CreateKey
{
    public sealed record Request
    {
        [StringLength(64, MinimumLength = 1)]
        public required string Provider { get; init; }

        [StringLength(Account.LongestKey)]
        public string? ApiKey { get; init; }

        [StringLength(Account.LongestName), Printable]
        public string? Name { get; init; }

        [StringLength(Account.LongestUrl)]
        public string? BaseUrl { get; init; }

        public IReadOnlyDictionary<string, string?>? Settings { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/provider-keys", Handle).WithName("CreateProviderKey").WithSummary("Store a key for an AI provider").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<Created<KeyView.Item>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ProviderCatalogue catalogue, AccountReader accounts, KeyRing keys, Database database, CancellationToken cancellation)
    {
        if (catalogue.Find(request.Provider) is not { IsUsable: true } provider)
            return Problems.Invalid("provider", "There is no such provider, or it cannot be used.");
        var (account, problem) = await accounts.ReadWholeAsync(provider, request.ApiKey, request.BaseUrl, request.Settings, cancellation);
        if (problem is not null)
            return problem;
        var key = await keys.SealAsync(caller.PersonId, provider, request.Name, account!, cancellation);
        return await database.WriteAsync(unit => KeyRing.Store(unit, key), cancellation)
            ? TypedResults.Created("/api/provider-keys/" + key.Id, KeyView.Of(key))
            : Problems.Conflict("too-many-keys", $"You have {KeyRing.MostPerPerson} keys. Delete one you do not use.");
    }
}
