using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Keys;

/// <summary>
/// Changes the master key: every owner's key is unwrapped under the old one and wrapped under the next in one transaction, then the
/// next becomes the master key. Whatever happens in between, the house opens with one of the two, and the same command goes on.
/// What the owners' keys seal is not touched.
/// </summary>
internal sealed class RotateMasterKey(
    OpenMasterKey open, HouseSecrets secrets, Keyring keyring, [FromKeyedServices(Databases.KeysName)] Database keys, TimeProvider clock)
{
    /// <returns>How many owners' keys were wrapped anew.</returns>
    /// <exception cref="StartRefusedException">Today's master key is missing or wrong.</exception>
    /// <exception cref="InvalidOperationException">The master key is a setting and the next one is not.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await open.StartAsync(cancellation);
        var current = secrets.FindMasterKey()!;
        var next = secrets.FindNextMasterKey() ?? secrets.CreateNextMasterKey();
        if (current.AsSpan().SequenceEqual(next))
            throw new InvalidOperationException("The next master key is the one in force already.");
        var wrapped = await WrapAnewAsync(new WrappingKey(current), new WrappingKey(next), cancellation);
        secrets.PromoteNextMasterKey();
        await keyring.WriteAsync(cancellation);
        return wrapped;
    }

    private Task<int> WrapAnewAsync(WrappingKey current, WrappingKey next, CancellationToken cancellation) =>
        keys.WriteAsync(
            unit =>
            {
                // Taken first: a house that runs adds no key under the old master beside this (KeyRing looks at this row).
                unit.Execute("UPDATE vault_masters SET master_id = @Id WHERE slot = 1", new { next.Id });
                var proof = unit.QuerySingleOrDefault<OpenMasterKey.ProofRow>("SELECT proof, fingerprint_key FROM vault_masters WHERE slot = 1")!;
                var fingerprintKey = proof.FingerprintKey is { } kept ? Unwrap(current, kept, OpenMasterKey.FingerprintIdentity) : current.FirstFingerprintKey;
                unit.Execute(
                    "UPDATE vault_masters SET proof = @Proof, fingerprint_key = @FingerprintKey, created_at = @Now WHERE slot = 1",
                    new { Proof = next.Wrap("atrium"u8, OpenMasterKey.ProofIdentity), FingerprintKey = next.Wrap(fingerprintKey, OpenMasterKey.FingerprintIdentity), Now = clock.GetUtcNow() });
                var owners = unit.Query<KeyRing.OwnedKeyRow>("SELECT owner_id, key_id, wrapped FROM vault_owner_keys");
                foreach (var owner in owners)
                {
                    var identity = KeyRing.OwnerIdentity(owner.OwnerId, owner.KeyId);
                    unit.Execute(
                        "UPDATE vault_owner_keys SET wrapped = @Wrapped, master_id = @MasterId WHERE owner_id = @OwnerId",
                        new { Wrapped = next.Wrap(Unwrap(current, owner.Wrapped, identity), identity), MasterId = next.Id, owner.OwnerId });
                }
                return owners.Count;
            },
            cancellation);

    private static byte[] Unwrap(WrappingKey key, byte[] wrapped, string identity) =>
        key.Unwrap(wrapped, identity) ?? throw new InvalidOperationException($"{identity} does not open under the master key. Nothing was changed.");
}
