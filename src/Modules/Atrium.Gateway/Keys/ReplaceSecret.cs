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
        if (request.Settings?.Keys.FirstOrDefault(name => provider.Settings.FirstOrDefault(setting => setting.Name == name) is not { Secret: true }) is not null)
            return Problems.Invalid("settings", "Only secrets are replaced here. For another address or other settings, store another key.");
        var settings = Account.ReadSettings(key.Settings).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
            .Concat(request.Settings ?? new Dictionary<string, string?>()).ToDictionary(StringComparer.Ordinal);
        var (account, problem) = await accounts.ReadAsync(provider, request.ApiKey, key.BaseUrl, settings, cancellation);
        if (problem is not null)
            return problem;
        if (!account!.HasSecrets)
            return Problems.Invalid("apiKey", "The key is missing.");
        if (account.FieldMissingFor(provider) is { } field)
            return Problems.Invalid(field, $"{provider.Name} needs this.");
        return await keys.ReplaceSecretsAsync(key, provider, account, cancellation) is { } changed ? TypedResults.Ok(KeyView.Of(changed)) : Problems.NotFound();
    }
}
