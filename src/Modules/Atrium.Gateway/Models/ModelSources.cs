using Atrium.Ai;
using Atrium.Gateway.Choices;
using Atrium.Gateway.Keys;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Models;

/// <summary>Where a person's models come from: each key that may be used, and a chosen provider that needs none.</summary>
internal sealed class ModelSources(Database database, KeyRing keys, ProviderCatalogue catalogue, TimeProvider clock)
{
    // A key is opened anew a few times a second at most, however many calls it is for.
    private readonly RowCache<string, ProviderConnection?> opened = new(database, clock, "gateway_keys") { Keeps = connection => connection is not null };

    public async Task<IReadOnlyList<ModelSource>> OfAsync(Guid personId, CancellationToken cancellation)
    {
        var choice = await Choice.FindAsync(database, personId, cancellation);
        var sources = new List<ModelSource>();
        if (choice is { KeyId: null } && catalogue.Find(choice.Provider) is { IsUsable: true, NeedsKey: false } keyless)
            sources.Add(Of(choice, keyless));
        // The chosen key first: where two keys list the same model, its answer counts.
        foreach (var key in (await keys.ListUsableAsync(personId, cancellation)).OrderByDescending(key => key.Id == choice?.KeyId))
        {
            if (catalogue.Find(key.Provider) is { IsUsable: true } provider)
                sources.Add(Of(key, provider));
        }
        return sources;
    }

    public ModelSource Of(ProviderKey key, Provider provider)
    {
        var identity = $"{key.Id} {key.Fingerprint} {key.BaseUrl} {key.Settings}";
        return new ModelSource(
            identity,
            provider,
            key.Name,
            Account.AddressFieldOf(provider, key.BaseUrl, Account.ReadSettings(key.Settings)) is not null,
            async cancellation => await opened.GetAsync(identity, key, (_, sealedKey, token) => keys.OpenAsync(sealedKey, token), cancellation));
    }

    public static ModelSource Of(Choice choice, Provider provider) => new(
        $"{choice.PersonId} {provider.Id} {choice.BaseUrl} {choice.Settings}",
        provider,
        null,
        Account.AddressFieldOf(provider, choice.BaseUrl, Account.ReadSettings(choice.Settings)) is not null,
        _ => Task.FromResult<ProviderConnection?>(ConnectionOf(choice)));

    private static ProviderConnection ConnectionOf(Choice choice) => new() { BaseUrl = choice.BaseUrl, Settings = Account.ReadSettings(choice.Settings) };
}
