using System.Text.Json;
using Atrium.Ai;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Vault;
using Atrium.Gateway.HouseKeys;
using Atrium.Platform.Data;
using Atrium.Platform.Http;

namespace Atrium.Gateway.Keys;

/// <summary>People's keys: sealed when they come in, opened for one call at a time.</summary>
internal sealed class KeyRing(Database database, ISealer sealer, ProviderCatalogue catalogue, IPeople people, TimeProvider clock)
{
    public const int MostPerPerson = 100;
    private const string Purpose = "gateway.provider-key";

    /// <returns>Null when it is not there, or not this person's.</returns>
    public Task<ProviderKey?> FindAsync(Guid personId, Guid id, CancellationToken cancellation) =>
        database.QuerySingleOrDefaultAsync<ProviderKey>(
            $"SELECT {ProviderKey.Columns} FROM gateway_keys WHERE id = @id AND person_id = @personId", new { id, personId }, cancellation);

    /// <returns>Newest first.</returns>
    public Task<IReadOnlyList<ProviderKey>> ListAsync(Guid personId, CancellationToken cancellation) =>
        database.QueryAsync<ProviderKey>(
            $"SELECT {ProviderKey.Columns} FROM gateway_keys WHERE person_id = @personId ORDER BY created_at DESC, id DESC", new { personId }, cancellation);

    /// <summary>The keys a person's calls may be made with: the enabled ones of their own, and the house's for providers where there is none.</summary>
    /// <returns>Newest first, the person's own before the house's.</returns>
    public async Task<List<ProviderKey>> ListUsableAsync(Guid personId, CancellationToken cancellation)
    {
        var all = await database.QueryAsync<ProviderKey>(
            $"SELECT {ProviderKey.Columns} FROM gateway_keys WHERE person_id IN (@personId, @OfHouse) ORDER BY created_at DESC, id DESC", new { personId, OfHouse = HouseKey.OwnerId }, cancellation);
        var enabled = all.Where(key => key.Enabled).ToLookup(key => key.IsOfHouse);
        List<ProviderKey> usable = [.. enabled[false]];
        if (!enabled[true].Any())
            return usable;
        var covered = usable.Select(key => key.Provider).ToHashSet(StringComparer.Ordinal);
        var groups = await people.ListGroupsAsync(cancellation);
        usable.AddRange(enabled[true].Where(key => !covered.Contains(key.Provider) && HouseKey.IsFor(key, personId, groups)));
        return usable;
    }

    /// <summary>Seals the secrets. The row still has to be stored.</summary>
    /// <param name="existing">Null: a new id.</param>
    public async Task<ProviderKey> SealAsync(Guid personId, Provider provider, string? name, Account account, CancellationToken cancellation, Guid? existing = null)
    {
        var now = clock.GetUtcNow();
        var id = existing ?? Guid.CreateVersion7(now);
        var plain = JsonSerializer.SerializeToUtf8Bytes(account.Secrets, JsonDefaults.Options);
        try
        {
            return new ProviderKey
            {
                Id = id,
                PersonId = personId,
                Provider = provider.Id,
                Name = string.IsNullOrWhiteSpace(name) ? provider.Name : name.Trim(),
                Sealed = await sealer.SealAsync(new SealedObject(personId, id, Purpose), plain, cancellation),
                Fingerprint = FingerprintOf(account),
                BaseUrl = account.BaseUrl,
                Settings = Account.Write(account.Settings),
                Origins = Account.Write(account.Origins),
                Enabled = true,
                CreatedAt = now,
            };
        }
        finally
        {
            Array.Clear(plain);
        }
    }

    /// <returns>False when the person has as many keys as a person may have.</returns>
    public static bool Store(WriteUnit unit, ProviderKey key)
    {
        if (unit.Scalar<long>("SELECT COUNT(*) FROM gateway_keys WHERE person_id = @PersonId", new { key.PersonId }) >= MostPerPerson)
            return false;
        unit.Execute(
            $"""
            INSERT INTO gateway_keys ({ProviderKey.Columns})
            VALUES (@Id, @PersonId, @Provider, @Name, @Sealed, @Fingerprint, @BaseUrl, @Settings, @Origins, @Enabled, @CreatedAt, @LastUsedAt, @LastFailure, @LastFailedAt, @Audience)
            """,
            key);
        return true;
    }

    /// <summary>True when the key seals exactly the account's secrets.</summary>
    public async Task<bool> HoldsAsync(ProviderKey key, Account account, CancellationToken cancellation) =>
        key.Fingerprint == FingerprintOf(account)
        && await OpenSecretsAsync(key, cancellation) is { } secrets
        && secrets.Count == account.Secrets.Count
        && account.Secrets.All(secret => secrets.GetValueOrDefault(secret.Key) == secret.Value);

    /// <summary>
    /// Opens a key for one call. Null when its secrets are gone; they go for good when the catalogue today would send them to an origin they were not
    /// given for.
    /// </summary>
    public async Task<ProviderConnection?> OpenAsync(ProviderKey key, CancellationToken cancellation)
    {
        if (catalogue.Find(key.Provider) is not { } provider || OriginsOf(provider, key) is not { } origins)
            return null;
        if (!IsBound(key, origins))
        {
            await DropSecretsAsync(key, cancellation);
            return null;
        }
        if (await OpenSecretsAsync(key, cancellation) is not { } secrets)
            return null;
        return new Account { Secrets = secrets, BaseUrl = key.BaseUrl, Settings = Account.ReadSettings(key.Settings), Origins = [] }.ToConnection();
    }

    /// <summary>
    /// Puts other secrets into a key: same id, same name, same place. What was sealed before is worthless from here on, in backups too.
    /// </summary>
    /// <param name="record">What is written together with the change.</param>
    /// <returns>The key as it is stored now; null when it is gone.</returns>
    public async Task<ProviderKey?> ReplaceSecretsAsync(ProviderKey key, Provider provider, Account account, CancellationToken cancellation, Action<WriteUnit>? record = null)
    {
        await sealer.DestroyAsync(key.Id, cancellation);
        var changed = await SealAsync(key.PersonId, provider, key.Name, account, cancellation, key.Id);
        return await database.WriteAsync(
            unit =>
            {
                var stored = unit.QuerySingleOrDefault<ProviderKey>(
                    $"""
                    UPDATE gateway_keys SET sealed = @Sealed, fingerprint = @Fingerprint, origins = @Origins, last_failure = NULL, last_failed_at = NULL
                    WHERE id = @Id AND person_id = @PersonId
                    RETURNING {ProviderKey.Columns}
                    """,
                    changed);
                if (stored is not null)
                    record?.Invoke(unit);
                return stored;
            },
            cancellation);
    }

    /// <summary>Destroys the sealing key first, so that the bytes are worthless before they are gone.</summary>
    /// <param name="record">What is written together with the deletion.</param>
    public async Task<bool> DeleteAsync(Guid personId, Guid id, CancellationToken cancellation, Action<WriteUnit>? record = null)
    {
        if (await FindAsync(personId, id, cancellation) is null)
            return false;
        await sealer.DestroyAsync(id, cancellation);
        await database.WriteAsync(
            unit =>
            {
                unit.Execute("UPDATE gateway_choices SET key_id = NULL WHERE key_id = @id AND person_id = @personId", new { id, personId });
                unit.Execute("DELETE FROM gateway_keys WHERE id = @id AND person_id = @personId", new { id, personId });
                record?.Invoke(unit);
            },
            cancellation);
        return true;
    }

    public string FingerprintOf(Account account) =>
        sealer.Fingerprint(string.Join('\n', account.Secrets.OrderBy(secret => secret.Key, StringComparer.Ordinal).Select(secret => secret.Value)));

    /// <summary>True when the account's origins are the ones the key was given for.</summary>
    public static bool IsBound(ProviderKey key, IReadOnlyList<string> origins) => key.Origins == Account.Write(origins);

    private async Task<Dictionary<string, string>?> OpenSecretsAsync(ProviderKey key, CancellationToken cancellation)
    {
        if (!key.HasSecrets)
            return null;
        var plain = await sealer.OpenAsync(new SealedObject(key.PersonId, key.Id, Purpose), key.Sealed, cancellation);
        try
        {
            return plain is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(plain, JsonDefaults.Options);
        }
        finally
        {
            Array.Clear(plain ?? []);
        }
    }

    private async Task DropSecretsAsync(ProviderKey key, CancellationToken cancellation)
    {
        await sealer.DestroyAsync(key.Id, cancellation);
        await database.ExecuteAsync(
            "UPDATE gateway_keys SET sealed = @Nothing WHERE id = @Id AND origins = @Origins", new { Nothing = Array.Empty<byte>(), key.Id, key.Origins }, cancellation);
    }

    /// <returns>Null when they do not follow from what is stored: a setting is missing that the catalogue asks for today.</returns>
    private static IReadOnlyList<string>? OriginsOf(Provider provider, ProviderKey key)
    {
        try
        {
            return provider.Origins(Account.ReadSettings(key.Settings), key.BaseUrl);
        }
        catch (ProviderException)
        {
            return null;
        }
    }
}
