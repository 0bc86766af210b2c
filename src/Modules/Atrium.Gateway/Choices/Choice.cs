using Atrium.Gateway.Keys;
using Atrium.Gateway.Providers;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Choices;

/// <summary>Who answers a person: one row each. An address and settings of its own only where no key carries them.</summary>
internal sealed record Choice
{
    public required Guid PersonId { get; init; }

    public required string Provider { get; init; }

    /// <summary>Null: the persona's default, else the provider's.</summary>
    public string? Model { get; init; }

    public Guid? KeyId { get; init; }

    public string? BaseUrl { get; init; }

    public required string Settings { get; init; }

    public required DateTimeOffset ChosenAt { get; init; }

    public static Task<Choice?> FindAsync(Database database, Guid personId, CancellationToken cancellation) =>
        database.QuerySingleOrDefaultAsync<Choice>(
            "SELECT person_id, provider, model, key_id, base_url, settings, chosen_at FROM gateway_choices WHERE person_id = @personId", new { personId }, cancellation);

    public static void Store(WriteUnit unit, Choice choice) =>
        unit.Execute(
            """
            INSERT INTO gateway_choices (person_id, provider, model, key_id, base_url, settings, chosen_at)
            VALUES (@PersonId, @Provider, @Model, @KeyId, @BaseUrl, @Settings, @ChosenAt)
            ON CONFLICT (person_id) DO UPDATE SET provider = excluded.provider, model = excluded.model, key_id = excluded.key_id,
                base_url = excluded.base_url, settings = excluded.settings, chosen_at = excluded.chosen_at
            """,
            choice);
}

/// <summary>The choice as its owner sees it.</summary>
internal static class ChoiceView
{
    public const string Route = "/api/user/ai-provider";

    public sealed record Response
    {
        /// <summary>Catalogue id; <c>offline</c> until something else is chosen.</summary>
        public required string Provider { get; init; }

        public string? Model { get; init; }

        public string? BaseUrl { get; init; }

        public required IReadOnlyDictionary<string, string> Settings { get; init; }

        public Guid? KeyId { get; init; }

        public string? Fingerprint { get; init; }

        /// <summary>False until the person has chosen once.</summary>
        public required bool Chosen { get; init; }
    }

    public static Response Of(Choice? choice, ProviderKey? key) => new()
    {
        Provider = choice?.Provider ?? OfflineProvider.Id,
        Model = choice?.Model,
        BaseUrl = key is null ? choice?.BaseUrl : key.BaseUrl,
        Settings = Account.ReadSettings(key?.Settings ?? choice?.Settings ?? "{}"),
        KeyId = key?.Id,
        Fingerprint = key?.Fingerprint,
        Chosen = choice is not null,
    };
}
