using System.Text.Json;
using Atrium.Platform.Data;
using Atrium.Platform.Http;

namespace Atrium.Gateway.ApiKeys;

/// <summary>A key with which programs call this house in a person's name. Its secret is shown once and kept only as a hash.</summary>
internal sealed record ApiKey
{
    public const int MostPerPerson = 100;

    public const string Columns = "id, person_id, name, prefix, hash, models, endpoints, addresses, created_at, expires_at, last_used_at, revoked_at, exposed_at, requests_per_minute, tokens_per_minute, concurrent_calls";

    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>The first letters of the secret, by which its owner recognises it.</summary>
    public required string Prefix { get; init; }

    public required string Hash { get; init; }

    /// <summary>JSON array; empty: every model. The same for the two below.</summary>
    public required string Models { get; init; }

    public required string Endpoints { get; init; }

    public required string Addresses { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When the secret was last sent inside an address, where proxies and histories keep it.</summary>
    public DateTimeOffset? ExposedAt { get; init; }

    /// <summary>Null: no limit of its own. The same for the two below.</summary>
    public long? RequestsPerMinute { get; init; }

    public long? TokensPerMinute { get; init; }

    public long? ConcurrentCalls { get; init; }

    public ApiKeyScope Scope => new(ReadList(Models), ReadList(Endpoints), ReadList(Addresses));

    public static Task<ApiKey?> FindAsync(Database database, string hash, CancellationToken cancellation) =>
        database.QuerySingleOrDefaultAsync<ApiKey>($"SELECT {Columns} FROM gateway_api_keys WHERE hash = @hash", new { hash }, cancellation);

    /// <returns>False when the person has too many live ones already.</returns>
    public static bool Store(WriteUnit unit, ApiKey key)
    {
        if (unit.Scalar<long>("SELECT COUNT(*) FROM gateway_api_keys WHERE person_id = @PersonId AND revoked_at IS NULL", new { key.PersonId }) >= MostPerPerson)
            return false;
        unit.Execute(
            $"""
            INSERT INTO gateway_api_keys ({Columns})
            VALUES (@Id, @PersonId, @Name, @Prefix, @Hash, @Models, @Endpoints, @Addresses, @CreatedAt, @ExpiresAt, @LastUsedAt, @RevokedAt, @ExposedAt, @RequestsPerMinute, @TokensPerMinute, @ConcurrentCalls)
            """,
            key);
        return true;
    }

    public static string WriteList(IReadOnlyList<string>? values) => JsonSerializer.Serialize(values ?? [], JsonDefaults.Options);

    public static IReadOnlyList<string> ReadList(string json) => JsonSerializer.Deserialize<List<string>>(json, JsonDefaults.Options) ?? [];

    public override string ToString() => $"{nameof(ApiKey)} {Id}";
}

/// <summary>A key as its owner sees it: never the secret.</summary>
internal static class ApiKeyView
{
    public const string Route = "/api/keys";

    public sealed record Item
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        /// <summary>The first ten characters of the secret.</summary>
        public required string Prefix { get; init; }

        /// <summary><c>provider/model</c>, a bare model, or a beginning with <c>*</c> after it; empty: every model.</summary>
        public required IReadOnlyList<string> Models { get; init; }

        /// <summary>chat, responses, messages, models and the like; empty: all of them.</summary>
        public required IReadOnlyList<string> Endpoints { get; init; }

        /// <summary>Network addresses or networks it may be used from; empty: everywhere.</summary>
        public required IReadOnlyList<string> Addresses { get; init; }

        public long? RequestsPerMinute { get; init; }

        public long? TokensPerMinute { get; init; }

        /// <summary>Calls at the same time.</summary>
        public long? ConcurrentCalls { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }

        public DateTimeOffset? LastUsedAt { get; init; }

        public DateTimeOffset? RevokedAt { get; init; }

        /// <summary>The secret was sent inside an address and should be replaced.</summary>
        public DateTimeOffset? ExposedAt { get; init; }
    }

    public static Item Of(ApiKey key) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Prefix = key.Prefix,
        Models = ApiKey.ReadList(key.Models),
        Endpoints = ApiKey.ReadList(key.Endpoints),
        Addresses = ApiKey.ReadList(key.Addresses),
        RequestsPerMinute = key.RequestsPerMinute,
        TokensPerMinute = key.TokensPerMinute,
        ConcurrentCalls = key.ConcurrentCalls,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        LastUsedAt = key.LastUsedAt,
        RevokedAt = key.RevokedAt,
        ExposedAt = key.ExposedAt,
    };
}
