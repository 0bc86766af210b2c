using System.ComponentModel.DataAnnotations;
using Atrium.Ai;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Providers;
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

        [StringLength(200), Printable]
        public string? Model { get; init; }

        [StringLength(Account.LongestKey)]
        public string? ApiKey { get; init; }

        /// <summary>One of the caller's stored keys.</summary>
        public Guid? KeyId { get; init; }

        [StringLength(Account.LongestName), Printable]
        public string? Name { get; init; }

        /// <summary>Another address of the provider. Absent: the stored key's; empty: the provider's own.</summary>
        [StringLength(Account.LongestUrl)]
        public string? BaseUrl { get; init; }

        public IReadOnlyDictionary<string, string?>? Settings { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(ChoiceView.Route, Handle).WithName("ChooseProvider").WithSummary("Choose which AI provider answers you").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);
        routes.MapPost(ChoiceView.Route, Handle).WithName("ChooseProviderByPost").WithSummary("Choose which AI provider answers you").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);
    }

    private static async Task<Results<Ok<ChoiceView.Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ProviderCatalogue catalogue, KeyChooser chooser, Database database, TimeProvider clock, CancellationToken cancellation)
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
        var (decision, problem) = await chooser.DecideAsync(
            new KeyQuestion(caller.PersonId, provider, previous?.Provider == provider.Id ? previous : null, request.KeyId, request.Name)
            {
                ApiKey = request.ApiKey,
                BaseUrl = request.BaseUrl,
                Settings = request.Settings,
            },
            cancellation);
        return problem is null ? await StoreAsync(database, choice, decision!, cancellation) : problem;
    }

    private static async Task<Results<Ok<ChoiceView.Response>, ProblemHttpResult>> StoreAsync(Database database, Choice choice, KeyDecision decision, CancellationToken cancellation)
    {
        var stored = choice with { KeyId = decision.Key?.Id, BaseUrl = decision.Keyless?.BaseUrl, Settings = Account.Write(decision.Keyless?.Settings ?? new Dictionary<string, string>()) };
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
