using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Choices;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Models;
using Atrium.Gateway.Providers;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Chat;

/// <summary>Finds provider, model and key of a call: what the call names, else what the person chose, else Offline Lite.</summary>
internal sealed class ChatRouter(Database database, KeyRing keys, ModelSources sources, ModelLists lists, ProviderCatalogue catalogue, PersonaModels personas)
{
    public async Task<ChatRoute> FindAsync(ChatCall call, CancellationToken cancellation)
    {
        var choice = await Choice.FindAsync(database, call.PersonId, cancellation);
        var own = (await keys.ListAsync(call.PersonId, cancellation)).Where(key => key.Enabled).ToList();
        var chosen = choice?.Provider ?? OfflineProvider.Id;
        var address = ModelAddress.Of(call.Model, chosen, catalogue, id => id == OfflineProvider.Id || CanReach(id, own));
        if (address.Provider == OfflineProvider.Id)
            return ChatRoute.Offline;
        if (catalogue.Find(address.Provider) is not { } provider)
            return new ChatRoute { ProviderId = address.Provider, ProviderName = address.Provider, Failure = Failures.NotUsable($"'{address.Provider}'") };
        var route = ChatRoute.To(provider) with { Model = address.Model ?? "" };
        if (!provider.IsUsable)
            return route with { Failure = Failures.NotUsable(provider.Name) };
        var mine = provider.Id == chosen ? choice : null;
        var key = own.Find(candidate => candidate.Id == mine?.KeyId)
            ?? (mine is { KeyId: null } && !provider.NeedsKey ? null : own.Find(candidate => candidate.Provider == provider.Id));
        if (key is null && provider.NeedsKey)
            return route with { Failure = Failures.KeyMissing(provider.Name) };
        var source = key is null ? ModelSources.Of(mine ?? DefaultAddress(call.PersonId, provider), provider) : sources.Of(key, provider);
        route = route with { Key = key, Source = source };
        var model = address.Model
            ?? (mine?.Model is { } picked ? ModelAddress.Bare(picked, provider, provider.Id) : null)
            ?? personas.Find(call.Persona, provider.Id)
            ?? provider.DefaultModel
            ?? await FirstListedAsync(source, cancellation);
        return model is null ? route with { Failure = Failures.ModelMissing(provider.Name) } : route with { Model = model };
    }

    /// <summary>What the provider itself says about the route's model; null when it does not list it.</summary>
    public async Task<ProviderModel?> DescribeAsync(ChatRoute route, CancellationToken cancellation) =>
        (await lists.AskAsync(route.Source!, cancellation)).Models.FirstOrDefault(model => model.Id == route.Model);

    private async Task<string?> FirstListedAsync(ModelSource source, CancellationToken cancellation) =>
        (await lists.AskAsync(source, cancellation)).Models.FirstOrDefault(model => model.Kind == ProviderModelKind.Chat)?.Id;

    private bool CanReach(string id, List<ProviderKey> own) =>
        catalogue.Find(id) is { IsUsable: true } provider && (own.Exists(key => key.Provider == id) || provider is { NeedsKey: false, BaseUrl: not null });

    private static Choice DefaultAddress(Guid personId, Provider provider) =>
        new() { PersonId = personId, Provider = provider.Id, Settings = "{}", ChosenAt = DateTimeOffset.MinValue };
}
