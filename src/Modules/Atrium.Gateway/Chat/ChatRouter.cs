using System.Runtime.CompilerServices;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Choices;
using Atrium.Gateway.DefaultModels;
using Atrium.Gateway.Fallbacks;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Models;
using Atrium.Gateway.Providers;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Chat;

/// <summary>
/// Finds provider, model and key of a call: what the call names, else what the person set for its persona or module, else what they chose, else
/// Offline Lite; and who comes after that.
/// </summary>
internal sealed class ChatRouter(Database database, KeyRing keys, ModelSources sources, ModelLists lists, ProviderCatalogue catalogue, PersonaModels personas, TimeProvider clock)
{
    private readonly RowCache<Question, ChatRoute> routes =
        new(database, clock, "gateway_choices", "gateway_keys", "gateway_default_models") { Keeps = route => route is { Failure: null, Source: not null } };

    /// <summary>All of a call that its route depends on.</summary>
    private sealed record Question(Guid PersonId, string? Model, string? Persona, string Module);

    public async Task<ChatRoute> FindAsync(ChatCall call, CancellationToken cancellation) =>
        await routes.GetAsync(new Question(call.PersonId, call.Model, call.Persona, call.Module), call, ReadAsync, cancellation);

    private async Task<ChatRoute> ReadAsync(Question question, ChatCall call, CancellationToken cancellation)
    {
        var choice = await Choice.FindAsync(database, call.PersonId, cancellation);
        var own = await keys.ListUsableAsync(call.PersonId, cancellation);
        var chosen = choice?.Provider ?? OfflineProvider.Id;
        var named = string.IsNullOrWhiteSpace(call.Model)
            ? await DefaultModel.FindAsync(database, call.PersonId, call.Persona, call.Module, cancellation)
            : call.Model;
        if (named is not null && BrowserProvider.Owns(named))
            return ChatRoute.Browser with { Model = named[BrowserProvider.Prefix.Length..] };
        var address = ModelAddress.Of(named, chosen, catalogue, id => id == OfflineProvider.Id || CanReach(id, own));
        if (address.Provider == OfflineProvider.Id)
            return ChatRoute.Offline;
        if (catalogue.Find(address.Provider) is not { } provider)
            return new ChatRoute { ProviderId = address.Provider, ProviderName = address.Provider, Failure = Failures.NotUsable($"'{address.Provider}'") };
        var mine = provider.Id == chosen ? choice : null;
        var key = own.Find(candidate => candidate.Id == mine?.KeyId)
            ?? (mine is { KeyId: null } && !provider.NeedsKey ? null : own.Find(candidate => candidate.Provider == provider.Id));
        var picked = mine?.Model is { } model ? ModelAddress.Bare(model, provider, provider.Id) : null;
        return await FindAsync(call, provider, key, mine, address.Model ?? picked, cancellation);
    }

    /// <summary>The person's list, in order, without places that cannot be reached now and without the route that was tried already.</summary>
    public async IAsyncEnumerable<ChatRoute> FindFallbacksAsync(ChatCall call, ChatRoute tried, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var fallbacks = await Fallback.ListAsync(database, call.PersonId, cancellation);
        if (fallbacks.Count == 0)
            yield break;
        var choice = await Choice.FindAsync(database, call.PersonId, cancellation);
        var own = await keys.ListUsableAsync(call.PersonId, cancellation);
        var seen = new List<ChatRoute> { tried };
        foreach (var place in fallbacks)
        {
            if (catalogue.Find(place.Provider) is not { } provider)
                continue;
            var key = own.Find(candidate => candidate.Provider == provider.Id && (place.KeyId is null || candidate.Id == place.KeyId));
            if (key is null && place.KeyId is not null)
                continue;
            var model = place.Model is { } name ? ModelAddress.Bare(name, provider, provider.Id) : null;
            var route = await FindAsync(call, provider, key, choice?.Provider == provider.Id ? choice : null, model, cancellation);
            if (route.Failure is not null || seen.Exists(route.IsSameAs))
                continue;
            seen.Add(route);
            yield return route;
        }
    }

    /// <summary>What the provider itself says about the route's model; null when it does not list it.</summary>
    public async Task<ProviderModel?> DescribeAsync(ChatRoute route, CancellationToken cancellation) =>
        (await lists.AskAsync(route.Source!, cancellation)).Models.FirstOrDefault(model => model.Id == route.Model);

    /// <param name="keyless">Address and settings where no key carries them.</param>
    private async Task<ChatRoute> FindAsync(ChatCall call, Provider provider, ProviderKey? key, Choice? keyless, string? named, CancellationToken cancellation)
    {
        var route = ChatRoute.To(provider) with { Model = named ?? "" };
        if (!provider.IsUsable)
            return route with { Failure = Failures.NotUsable(provider.Name) };
        if (key is null && provider.NeedsKey)
            return route with { Failure = Failures.KeyMissing(provider.Name) };
        var source = key is null ? ModelSources.Of(keyless ?? DefaultAddress(call.PersonId, provider), provider) : sources.Of(key, provider);
        route = route with { Key = key, Source = source };
        var model = named ?? personas.Find(call.Persona, provider.Id) ?? provider.DefaultModel ?? await FirstListedAsync(source, cancellation);
        return model is null ? route with { Failure = Failures.ModelMissing(provider.Name) } : route with { Model = model };
    }

    private async Task<string?> FirstListedAsync(ModelSource source, CancellationToken cancellation) =>
        (await lists.AskAsync(source, cancellation)).Models.FirstOrDefault(model => model.Kind == ProviderModelKind.Chat)?.Id;

    private bool CanReach(string id, List<ProviderKey> own) =>
        catalogue.Find(id) is { IsUsable: true } provider && (own.Exists(key => key.Provider == id) || provider is { NeedsKey: false, BaseUrl: not null });

    private static Choice DefaultAddress(Guid personId, Provider provider) =>
        new() { PersonId = personId, Provider = provider.Id, Settings = "{}", ChosenAt = DateTimeOffset.MinValue };
}
