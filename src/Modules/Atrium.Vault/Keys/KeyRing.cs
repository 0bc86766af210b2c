using System.Security.Cryptography;
using Atrium.Contracts.Vault;
using Atrium.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Keys;

/// <summary>
/// The stored keys: the master key wraps a key per owner, which wraps a key per object. Each is random, made once (the first of two
/// racing rows counts), and bound to what it is for.
/// </summary>
internal sealed class KeyRing(MasterKey master, OpenMasterKey open, [FromKeyedServices(Databases.KeysName)] Database keys, TimeProvider clock)
{
    /// <returns>The object's key, or null when there is none for this owner and purpose.</returns>
    public async Task<byte[]?> FindAsync(SealedObject target, CancellationToken cancellation)
    {
        var row = await keys.QuerySingleOrDefaultAsync<ObjectKeyRow>(
            """
            SELECT o.key_id, o.wrapped, w.key_id AS owner_key_id, w.wrapped AS owner_wrapped
            FROM vault_object_keys o JOIN vault_owner_keys w ON w.key_id = o.wrapped_by
            WHERE o.object_id = @ObjectId AND o.owner_id = @OwnerId AND o.purpose = @Purpose
            """,
            target,
            cancellation);
        if (row is null)
            return null;
        var wrapping = await UnwrapOwnerKeyAsync(target.OwnerId, row.OwnerKeyId, row.OwnerWrapped, cancellation);
        var key = Envelope.Open(wrapping, row.Wrapped, ObjectIdentity(target, row.KeyId));
        CryptographicOperations.ZeroMemory(wrapping);
        return key;
    }

    /// <exception cref="InvalidOperationException">The object has a key of another owner or purpose.</exception>
    public async Task<byte[]> FindOrCreateAsync(SealedObject target, CancellationToken cancellation)
    {
        if (await FindAsync(target, cancellation) is { } existing)
            return existing;
        var ownerKey = await EnsureOwnerKeyAsync(target.OwnerId, cancellation);
        await EnsureObjectKeyAsync(target, ownerKey, cancellation);
        return await FindAsync(target, cancellation)
            ?? throw new InvalidOperationException($"Object {target.ObjectId} is already sealed for another owner or purpose than {target.Purpose}.");
    }

    /// <summary>Deletes the object's key, then makes the engine overwrite the deleted bytes.</summary>
    public async Task DestroyAsync(Guid objectId, CancellationToken cancellation)
    {
        var destroyed = await keys.ExecuteAsync("DELETE FROM vault_object_keys WHERE object_id = @objectId", new { objectId }, cancellation);
        if (destroyed > 0)
            await keys.EraseDeletedAsync("vault_object_keys", cancellation);
    }

    private async Task<OwnerKeyRow> EnsureOwnerKeyAsync(Guid ownerId, CancellationToken cancellation)
    {
        while (true)
        {
            if (await TryEnsureOwnerKeyAsync(ownerId, cancellation) is { } row)
                return row;
            await open.StartAsync(cancellation);
        }
    }

    /// <returns>Null when the master key was changed since this process read it.</returns>
    private Task<OwnerKeyRow?> TryEnsureOwnerKeyAsync(Guid ownerId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var keyId = Guid.CreateVersion7(now);
        var key = RandomNumberGenerator.GetBytes(Envelope.KeyLength);
        var row = new { OwnerId = ownerId, KeyId = keyId, MasterId = master.Id, Wrapped = master.Wrap(key, OwnerIdentity(ownerId, keyId)), CreatedAt = now };
        CryptographicOperations.ZeroMemory(key);
        return keys.WriteAsync(
            unit =>
            {
                // Changes nothing, but waits for a rotation that is under way and then sees its result.
                if (unit.Execute("UPDATE vault_masters SET slot = slot WHERE slot = 1 AND master_id = @MasterId", row) == 0)
                    return null;
                unit.Execute(
                    """
                    INSERT INTO vault_owner_keys (owner_id, key_id, master_id, wrapped, created_at)
                    VALUES (@OwnerId, @KeyId, @MasterId, @Wrapped, @CreatedAt) ON CONFLICT (owner_id) DO NOTHING
                    """,
                    row);
                return unit.QuerySingleOrDefault<OwnerKeyRow>("SELECT key_id, wrapped FROM vault_owner_keys WHERE owner_id = @OwnerId", row);
            },
            cancellation);
    }

    private async Task EnsureObjectKeyAsync(SealedObject target, OwnerKeyRow ownerKey, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var keyId = Guid.CreateVersion7(now);
        var key = RandomNumberGenerator.GetBytes(Envelope.KeyLength);
        var wrapping = await UnwrapOwnerKeyAsync(target.OwnerId, ownerKey.KeyId, ownerKey.Wrapped, cancellation);
        var wrapped = Envelope.Seal(wrapping, key, ObjectIdentity(target, keyId));
        CryptographicOperations.ZeroMemory(wrapping);
        CryptographicOperations.ZeroMemory(key);
        await keys.ExecuteAsync(
            """
            INSERT INTO vault_object_keys (object_id, owner_id, purpose, key_id, wrapped_by, wrapped, created_at)
            VALUES (@ObjectId, @OwnerId, @Purpose, @keyId, @WrappedBy, @wrapped, @now) ON CONFLICT (object_id) DO NOTHING
            """,
            new { target.ObjectId, target.OwnerId, target.Purpose, keyId, WrappedBy = ownerKey.KeyId, wrapped, now },
            cancellation);
    }

    // The master key may have been changed since this process read it: then it is read again, once.
    private async Task<byte[]> UnwrapOwnerKeyAsync(Guid ownerId, Guid keyId, byte[] wrapped, CancellationToken cancellation)
    {
        if (master.Unwrap(wrapped, OwnerIdentity(ownerId, keyId)) is { } key)
            return key;
        await open.StartAsync(cancellation);
        return master.Unwrap(wrapped, OwnerIdentity(ownerId, keyId))
            ?? throw new InvalidOperationException($"The key {keyId} of owner {ownerId} does not open under master key {master.Id}.");
    }

    public static string OwnerIdentity(Guid ownerId, Guid keyId) => $"atrium.vault.owner.v1|{ownerId:D}|{keyId:D}";

    private static string ObjectIdentity(SealedObject target, Guid keyId) => $"atrium.vault.object.v1|{target.OwnerId:D}|{target.ObjectId:D}|{keyId:D}|{target.Purpose}";

    internal sealed record OwnerKeyRow
    {
        public required Guid KeyId { get; init; }

        public required byte[] Wrapped { get; init; }
    }

    internal sealed record OwnedKeyRow
    {
        public required Guid OwnerId { get; init; }

        public required Guid KeyId { get; init; }

        public required byte[] Wrapped { get; init; }
    }

    internal sealed record ObjectKeyRow
    {
        public required Guid KeyId { get; init; }

        public required byte[] Wrapped { get; init; }

        public required Guid OwnerKeyId { get; init; }

        public required byte[] OwnerWrapped { get; init; }
    }
}
