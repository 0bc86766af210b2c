using System.ComponentModel.DataAnnotations;
using Atrium.Ai;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Providers;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Choices;

/// <summary>Chooses who answers the caller. A key goes in sealed; without one, the newest of the caller's keys for that provider is used.</summary>
internal static class ChooseProvider
{
    public sealed record Request
    {
        [StringLength(64, MinimumLength = 1)]
        public required string Provider { get; init; }

        [StringLength(200)]
        public string? Model { get; init; }

        [StringLength(Account.LongestKey)]
        public string? ApiKey { get; init; }

        /// <summary>One of the caller's stored keys.</summary>
        public Guid? KeyId { get; init; }

        [StringLength(Account.LongestName)]
        public string? Name { get; init; }

        /// <summary>Another address of the provider. Absent: as before; empty: the provider's own.</summary>
        [StringLength(Account.LongestUrl)]
        public string? BaseUrl { get; init; }

        public IReadOnlyDictionary<string, string>? Settings { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(ShowChoice.Route, Handle).WithName("ChooseProvider").WithSummary("Choose which AI provider answers you").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);
        routes.MapPost(ShowChoice.Route, Handle).WithName("ChooseProviderByPost").WithSummary("Choose which AI provider answers you").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);
    }

    private static async Task<Results<Ok<ChoiceView.Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ProviderCatalogue catalogue, HouseSettings house, KeyChooser chooser, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var choice = new Choice
        {
            PersonId = caller.PersonId,
            Provider = request.Provider,
            Model = string.IsNullOrWhiteSpace(request.Model) ? null : request.Model.Trim(),
            Settings = "{}",
            ChosenAt = clock.GetUtcNow(),
        };
        if (request.Provider == OfflineProvider.Id)
            return await StoreAsync(database, choice, KeyDecision.None, cancellation);
        if (catalogue.Find(request.Provider) is not { } provider)
            return Problems.Invalid("provider", "There is no such provider.");
        if (!provider.IsUsable)
            return Problems.Invalid("provider", provider.UseInstead is [var instead, ..] ? $"{provider.Name} cannot be used. Use {instead} instead." : $"{provider.Name} cannot be used yet.");
        var previous = await Choice.FindAsync(database, caller.PersonId, cancellation);
        var isSame = previous?.Provider == provider.Id;
        var keyless = isSame && previous!.KeyId is null ? previous : null;
        var (account, problem) = Account.Read(provider, house, request.ApiKey, request.BaseUrl ?? keyless?.BaseUrl, request.Settings ?? (keyless is null ? null : Account.ReadSettings(keyless.Settings)));
        // Without its own address a stored key may still have one: only the key decides then.
        var changesAccount = request.BaseUrl is not null || request.Settings is not null;
        if (problem is not null && (changesAccount || request.ApiKey is not null))
            return problem;
        var (decision, refusal) = await chooser.DecideAsync(
            new KeyQuestion(caller.PersonId, provider, request.KeyId, isSame ? previous!.KeyId : null, request.Name, changesAccount), account, cancellation);
        if (refusal is not null)
            return refusal;
        if (decision!.Key is null && problem is not null)
            return problem;
        return await StoreAsync(database, decision.Key is null ? choice with { BaseUrl = account!.BaseUrl, Settings = Account.Write(account.Settings) } : choice, decision, cancellation);
    }

    private static async Task<Results<Ok<ChoiceView.Response>, ProblemHttpResult>> StoreAsync(Database database, Choice choice, KeyDecision decision, CancellationToken cancellation)
    {
        var stored = choice with { KeyId = decision.Key?.Id };
        var isStored = await database.WriteAsync(
            unit =>
            {
                if (decision is { IsNew: true, Key: { } key } && !KeyRing.Store(unit, key))
                    return false;
                if (decision is { IsNew: false, Key: { } kept })
                    unit.Execute("UPDATE gateway_keys SET base_url = @BaseUrl, settings = @Settings, name = @Name WHERE id = @Id AND person_id = @PersonId", kept);
                Choice.Store(unit, stored);
                return true;
            },
            cancellation);
        return isStored
            ? TypedResults.Ok(ChoiceView.Of(stored, decision.Key))
            : Problems.Conflict("too-many-keys", $"You have {KeyRing.MostPerPerson} keys. Delete one you do not use.");
    }
}
