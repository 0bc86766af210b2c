using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Keys;

/// <summary>
/// Before the house opens: the master key must be the one that wrapped the stored keys. A house without stored keys gets one;
/// a new key is never made over old ones.
/// </summary>
internal sealed class CheckMasterKey(MasterKey master, [FromKeyedServices(Databases.KeysName)] Database keys, TimeProvider clock) : IStartTask
{
    private const string ProofIdentity = "atrium.vault.proof.v1";
    private const string Setting = "API_KEY_ENCRYPTION_SECRET";

    public async Task StartAsync(CancellationToken cancellation)
    {
        var isLoaded = master.TryLoad();
        var proof = await FindProofAsync(cancellation);
        if (proof is null)
        {
            if (await keys.ScalarAsync<long>("SELECT COUNT(*) FROM vault_owner_keys", null, cancellation) > 0)
                throw new StartRefusedException("The database of sealing keys is damaged: it holds keys but not the proof of their master key. Restore it from a backup.");
            if (!isLoaded)
                master.Create();
            proof = await StoreProofAsync(cancellation);
        }
        else if (!isLoaded)
        {
            throw new StartRefusedException($"{Setting} is missing: this house has keys that were sealed under it. Set it, or put secrets/master.key back into the data folder.");
        }
        if (master.Unwrap(proof, ProofIdentity) is null)
            throw new StartRefusedException($"{Setting} (or secrets/master.key in the data folder) is not the key that sealed this house. Set the right one; nothing was changed.");
    }

    private Task<byte[]?> FindProofAsync(CancellationToken cancellation) =>
        keys.QuerySingleOrDefaultAsync<byte[]>("SELECT proof FROM vault_masters WHERE slot = 1", null, cancellation);

    // Two instances may open an empty house together: the first row counts for both.
    private Task<byte[]> StoreProofAsync(CancellationToken cancellation)
    {
        var row = new { MasterId = master.Id, Proof = master.Wrap("atrium"u8, ProofIdentity), CreatedAt = clock.GetUtcNow() };
        return keys.WriteAsync(
            unit =>
            {
                unit.Execute("INSERT INTO vault_masters (slot, master_id, proof, created_at) VALUES (1, @MasterId, @Proof, @CreatedAt) ON CONFLICT (slot) DO NOTHING", row);
                return unit.QuerySingleOrDefault<byte[]>("SELECT proof FROM vault_masters WHERE slot = 1")!;
            },
            cancellation);
    }
}
