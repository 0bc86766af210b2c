using Atrium.Platform.Data;

namespace Atrium.Gateway.Fallbacks;

/// <summary>One place in a person's list of who answers when the chosen provider does not.</summary>
internal sealed record Fallback
{
    public const int Most = 10;

    public required string Provider { get; init; }

    /// <summary>Null: the persona's default, else the provider's.</summary>
    public string? Model { get; init; }

    /// <summary>Null: the newest of the person's keys for the provider. Another key of the same provider is used only when it is named here.</summary>
    public Guid? KeyId { get; init; }

    public static Task<IReadOnlyList<Fallback>> ListAsync(Database database, Guid personId, CancellationToken cancellation) =>
        database.QueryAsync<Fallback>("SELECT provider, model, key_id FROM gateway_fallbacks WHERE person_id = @personId ORDER BY place", new { personId }, cancellation);

    public static void Store(WriteUnit unit, Guid personId, IReadOnlyList<Fallback> fallbacks)
    {
        unit.Execute("DELETE FROM gateway_fallbacks WHERE person_id = @personId", new { personId });
        for (var place = 0; place < fallbacks.Count; place++)
        {
            var fallback = fallbacks[place];
            unit.Execute(
                "INSERT INTO gateway_fallbacks (person_id, place, provider, model, key_id) VALUES (@personId, @place, @Provider, @Model, @KeyId)",
                new { personId, place = (long)place, fallback.Provider, fallback.Model, fallback.KeyId });
        }
    }
}

/// <summary>The list as its owner sees it.</summary>
internal static class FallbackView
{
    public const string Route = "/api/user/ai-fallbacks";

    public sealed record Response(IReadOnlyList<Item> Items);

    public sealed record Item(string Provider, string? Model, Guid? KeyId);

    public static Response Of(IReadOnlyList<Fallback> fallbacks) => new([.. fallbacks.Select(fallback => new Item(fallback.Provider, fallback.Model, fallback.KeyId))]);
}
