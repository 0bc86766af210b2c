using System.Collections.Concurrent;
using System.Text;
using Atrium.Ai;
using Atrium.Gateway.Chat;
using Atrium.Platform.Http;

namespace Atrium.Gateway.Models;

/// <summary>One place to ask for models: a key, or an address that needs none.</summary>
/// <param name="Identity">Everything the answer depends on: whoever changes a key or an address asks anew.</param>
internal sealed record ModelSource(string Identity, Provider Provider, string? KeyName, bool HasOwnAddress, Func<CancellationToken, Task<ProviderConnection?>> Open);

/// <summary>What a source answered: models, or why not.</summary>
internal sealed record ModelAnswer(Provider Provider, IReadOnlyList<ProviderModel> Models, Contracts.Gateway.ChatFailure? Failure);

/// <summary>The models behind each key, asked for at most every ten minutes. Failures are not kept.</summary>
internal sealed class ModelLists(GuardedHttp http, TimeProvider clock)
{
    private const int MostKept = 2_000;
    private const int MostModels = 2_000;
    private const int LongestId = 200;
    private const long LargestList = 8 * 1024 * 1024;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker list = http.CappedAt(LargestList);
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);
    private readonly ChatClientFactory factory = new(clock, new ProviderTimeouts { FirstByte = Limit, Silence = Limit, Total = Limit, Retries = 0 });

    private sealed record Kept(IReadOnlyList<ProviderModel> Models, long Since);

    public async Task<ModelAnswer> AskAsync(ModelSource source, CancellationToken cancellation)
    {
        if (kept.TryGetValue(source.Identity, out var known) && clock.GetElapsedTime(known.Since) < Lifetime)
            return new ModelAnswer(source.Provider, known.Models, null);
        if (await source.Open(cancellation) is not { } connection)
            return new ModelAnswer(source.Provider, [], Failures.KeyUnreadable(source.Provider.Name));
        try
        {
            var models = Usable(await factory.ListModelsAsync(source.Provider, connection, list, cancellation), connection);
            Keep(source, models);
            return new ModelAnswer(source.Provider, models, null);
        }
        catch (ProviderException exception)
        {
            return new ModelAnswer(source.Provider, [], Failures.From(exception, source.Provider.Name, source.KeyName, source.HasOwnAddress));
        }
    }

    /// <returns>How many chat models a source had when it was last asked; null when that is longer ago than an answer counts.</returns>
    public int? CountKnown(string identity) =>
        kept.TryGetValue(identity, out var known) && clock.GetElapsedTime(known.Since) < Lifetime ? known.Models.Count(model => model.Kind == ProviderModelKind.Chat) : null;

    /// <summary>Tries an account now, whatever is kept.</summary>
    public async Task<KeyCheckResult> CheckAsync(Provider provider, ProviderConnection connection, CancellationToken cancellation)
    {
        var result = await factory.CheckKeyAsync(provider, connection, list, cancellation);
        return result with { Models = Usable(result.Models, connection) };
    }

    /// <summary>A list is the provider's word: ids nobody could send, ones that say the key back, and what goes beyond any real list are left out.</summary>
    private static IReadOnlyList<ProviderModel> Usable(IReadOnlyList<ProviderModel> models, ProviderConnection connection)
    {
        string[] secrets = connection.ApiKey is { Length: > 3 } key ? [key, Convert.ToBase64String(Encoding.UTF8.GetBytes(key))] : [];
        return
        [
            .. models.Where(model => model.Id.Length <= LongestId && !model.Id.Any(char.IsControl)
                && !secrets.Any(secret => model.Id.Contains(secret, StringComparison.OrdinalIgnoreCase))).Take(MostModels),
        ];
    }

    private void Keep(ModelSource source, IReadOnlyList<ProviderModel> models)
    {
        if (kept.Count >= MostKept)
        {
            foreach (var (id, entry) in kept.Where(pair => clock.GetElapsedTime(pair.Value.Since) >= Lifetime))
                kept.TryRemove(KeyValuePair.Create(id, entry));
        }
        if (kept.Count < MostKept)
            kept[source.Identity] = new Kept(models, clock.GetTimestamp());
    }
}
