using Atrium.Platform.Data;

namespace Atrium.Gateway.Keys;

/// <summary>A person's account at a provider as it is stored. <see cref="Sealed"/> is opened only for a call.</summary>
internal sealed record ProviderKey
{
    private static readonly TimeSpan UsedStep = TimeSpan.FromMinutes(1);

    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required string Provider { get; init; }

    public required string Name { get; init; }

    public required byte[] Sealed { get; init; }

    public required string Fingerprint { get; init; }

    public string? BaseUrl { get; init; }

    /// <summary>JSON object of what is not secret.</summary>
    public required string Settings { get; init; }

    /// <summary>JSON array: the only places the secrets may be sent to.</summary>
    public required string Origins { get; init; }

    public required bool Enabled { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>False when they were dropped because they would have gone to another place than they were given for.</summary>
    public bool HasSecrets => Sealed.Length > 0;

    /// <summary>Code of the newest call's failure; null after one that did not fail.</summary>
    public string? LastFailure { get; init; }

    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>Who may use a key of the house: <see cref="HouseKeys.HouseKey.Everyone"/>, or <c>group:</c> and a group's id. Empty: it is a person's own.</summary>
    public string Audience { get; init; } = "";

    public bool IsOfHouse => Audience.Length > 0;

    public const string Columns = "id, person_id, provider, name, sealed, fingerprint, base_url, settings, origins, enabled, created_at, last_used_at, last_failure, last_failed_at, audience";

    /// <summary>True when a call at that moment changes what the row says. When it was last used is as exact as <see cref="UsedStep"/>: a key is read by every call and seldom written.</summary>
    public bool IsOutdated(DateTimeOffset now) => LastFailure is not null || LastUsedAt is null || now - LastUsedAt >= UsedStep;

    public override string ToString() => $"{nameof(ProviderKey)} {Id}";
}

/// <summary>A key as its owner sees it: never the secret.</summary>
internal static class KeyView
{
    public sealed record Item
    {
        public required Guid Id { get; init; }

        public required string Provider { get; init; }

        public required string Name { get; init; }

        /// <summary>8 hexadecimal digits that stay the same for the same secret.</summary>
        public required string Fingerprint { get; init; }

        public string? BaseUrl { get; init; }

        public required IReadOnlyDictionary<string, string> Settings { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? LastUsedAt { get; init; }

        public required bool Enabled { get; init; }

        /// <summary>Only of a key of the house: everyone, or group: and a group's id.</summary>
        public string? Audience { get; init; }

        /// <summary>True when the key must be entered again: its provider moved, so the secret was dropped.</summary>
        public required bool NeedsSecret { get; init; }

        /// <summary>Null after a call that did not fail.</summary>
        public Failure? LastFailure { get; init; }

        /// <summary>In this UTC month. Null where it is not summed: answers to a change of the key.</summary>
        public Money? SpentThisMonth { get; init; }
    }

    public sealed record Failure(string Code, DateTimeOffset At);

    public static Item Of(ProviderKey key) => new()
    {
        Id = key.Id,
        Provider = key.Provider,
        Name = key.Name,
        Fingerprint = key.Fingerprint,
        BaseUrl = key.BaseUrl,
        Settings = Account.ReadSettings(key.Settings),
        CreatedAt = key.CreatedAt,
        LastUsedAt = key.LastUsedAt,
        Enabled = key.Enabled,
        Audience = key.IsOfHouse ? key.Audience : null,
        NeedsSecret = !key.HasSecrets,
        LastFailure = key is { LastFailure: { } code, LastFailedAt: { } at } ? new Failure(code, at) : null,
    };
}
