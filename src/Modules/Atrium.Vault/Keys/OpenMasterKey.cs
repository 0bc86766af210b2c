using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Keys;

/// <summary>
/// Before the house opens: the master key must be the one that wrapped the stored keys. A house without stored keys gets one;
/// a new key is never made over old ones. A rotation that ended before its last step is ended here.
/// </summary>
internal sealed class OpenMasterKey(MasterKey master, HouseSecrets secrets, Keyring keyring, [FromKeyedServices(Databases.KeysName)] Database keys, TimeProvider clock) : IStartTask
{
    public const string ProofIdentity = "atrium.vault.proof.v1";
    public const string FingerprintIdentity = "atrium.vault.fingerprint.v1";

    private const string Setting = "API_KEY_ENCRYPTION_SECRET";

    /// <exception cref="StartRefusedException">The master key is missing or wrong.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var key = secrets.FindMasterKey();
        var proof = await FindProofAsync(cancellation);
        if (proof is null)
        {
            if (await keys.ScalarAsync<long>("SELECT COUNT(*) FROM vault_owner_keys", null, cancellation) > 0)
                throw new StartRefusedException("The database of sealing keys is damaged: it holds keys but not the proof of their master key. Restore it from a backup.");
            key ??= secrets.CreateMasterKey();
            proof = await StoreProofAsync(new WrappingKey(key), cancellation);
        }
        if (key is not null && TryUse(new WrappingKey(key), proof))
            return;
        if (secrets.FindNextMasterKey() is { } next && TryUse(new WrappingKey(next), proof))
        {
            secrets.PromoteNextMasterKey();
            await keyring.WriteAsync(cancellation);
            return;
        }
        throw new StartRefusedException(key is null
            ? $"{Setting} is missing: this house has keys that were sealed under it. Set it, or put secrets/master.key back into the data folder."
            : $"{Setting} (or secrets/master.key in the data folder) is not the key that sealed this house. Set the right one; nothing was changed.");
    }

    public Task<ProofRow?> FindProofAsync(CancellationToken cancellation) =>
        keys.QuerySingleOrDefaultAsync<ProofRow>("SELECT proof, fingerprint_key FROM vault_masters WHERE slot = 1", null, cancellation);

    private bool TryUse(WrappingKey key, ProofRow proof)
    {
        if (key.Unwrap(proof.Proof, ProofIdentity) is null)
            return false;
        var fingerprintKey = proof.FingerprintKey is { } wrapped ? key.Unwrap(wrapped, FingerprintIdentity) : key.FirstFingerprintKey;
        master.Use(key, fingerprintKey ?? throw new StartRefusedException("The database of sealing keys is damaged: the key of fingerprints does not open. Restore it from a backup."));
        return true;
    }

    // Two instances may open an empty house together: the first row counts for both.
    private Task<ProofRow> StoreProofAsync(WrappingKey key, CancellationToken cancellation)
    {
        var row = new { MasterId = key.Id, Proof = key.Wrap("atrium"u8, ProofIdentity), CreatedAt = clock.GetUtcNow() };
        return keys.WriteAsync(
            unit =>
            {
                unit.Execute("INSERT INTO vault_masters (slot, master_id, proof, created_at) VALUES (1, @MasterId, @Proof, @CreatedAt) ON CONFLICT (slot) DO NOTHING", row);
                return unit.QuerySingleOrDefault<ProofRow>("SELECT proof, fingerprint_key FROM vault_masters WHERE slot = 1")!;
            },
            cancellation);
    }

    internal sealed record ProofRow
    {
        public required byte[] Proof { get; init; }

        /// <summary>Null in a house whose master key was never changed.</summary>
        public byte[]? FingerprintKey { get; init; }
    }
}
