using System.Security.Cryptography;
using Atrium.Contracts.Vault;
using Atrium.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Keys;

/// <summary>
/// The stored keys: the master key wraps a key per owner, which wraps a key per object. Each is random, made once (the first of two
/// racing rows counts), and bound to what it is for.
/// </summary>
internal sealed class KeyRing(MasterKey master, [FromKeyedServices(Databases.KeysName)] Database keys, TimeProvider clock)
{
    private const string SelectOwnerKey = "SELECT owner_id, key_id, master_id, wrapped FROM vault_owner_keys WHERE owner_id = @OwnerId";
    private const string SelectObjectKey = "SELECT object_id, owner_id, purpose, key_id, wrapped_by, wrapped FROM vault_object_keys WHERE object_id = @ObjectId";

    /// <returns>The object's key, or null when there is none for this owner and purpose.</returns>
    public async Task<byte[]?> FindAsync(SealedObject target, CancellationToken cancellation)
    {
        var (objectKey, ownerKey) = await keys.ReadAsync(
            async connection =>
            {
                var found = await Dapper.SqlMapper.QuerySingleOrDefaultAsync<ObjectKeyRow>(connection, SelectObjectKey, target);
                return (found, found is null ? null : await Dapper.SqlMapper.QuerySingleOrDefaultAsync<OwnerKeyRow>(connection, SelectOwnerKey, target));
            },
            cancellation);
        return objectKey is null || ownerKey is null ? null : Unwrap(target, ownerKey, objectKey);
    }

    /// <exception cref="InvalidOperationException">The object has a key of another owner or purpose.</exception>
    public async Task<byte[]> FindOrCreateAsync(SealedObject target, CancellationToken cancellation)
    {
        if (await FindAsync(target, cancellation) is { } existing)
            return existing;
        var ownerKey = await EnsureOwnerKeyAsync(target.OwnerId, cancellation);
        var objectKey = await EnsureObjectKeyAsync(target, ownerKey, cancellation);
        return Unwrap(target, ownerKey, objectKey)
            ?? throw new InvalidOperationException($"Object {target.ObjectId} is already sealed for another owner or purpose than {target.Purpose}.");
    }

    /// <summary>Deletes the object's key, then makes the engine overwrite the deleted bytes.</summary>
    public async Task DestroyAsync(Guid objectId, CancellationToken cancellation)
    {
        var destroyed = await keys.ExecuteAsync("DELETE FROM vault_object_keys WHERE object_id = @objectId", new { objectId }, cancellation);
        if (destroyed > 0)
            await keys.EraseDeletedAsync("vault_object_keys", cancellation);
    }

    private Task<OwnerKeyRow> EnsureOwnerKeyAsync(Guid ownerId, CancellationToken cancellation)
    {
        var key = RandomNumberGenerator.GetBytes(Envelope.KeyLength);
        var now = clock.GetUtcNow();
        var keyId = Guid.CreateVersion7(now);
        var row = new { OwnerId = ownerId, KeyId = keyId, MasterId = master.Id, Wrapped = master.Wrap(key, OwnerIdentity(ownerId, keyId)), CreatedAt = now };
        CryptographicOperations.ZeroMemory(key);
        return keys.WriteAsync(
            unit =>
            {
                unit.Execute("INSERT INTO vault_owner_keys (owner_id, key_id, master_id, wrapped, created_at) VALUES (@OwnerId, @KeyId, @MasterId, @Wrapped, @CreatedAt) ON CONFLICT (owner_id) DO NOTHING", row);
                return unit.QuerySingleOrDefault<OwnerKeyRow>(SelectOwnerKey, row)!;
            },
            cancellation);
    }

    private Task<ObjectKeyRow> EnsureObjectKeyAsync(SealedObject target, OwnerKeyRow ownerKey, CancellationToken cancellation)
    {
        var wrapping = UnwrapOwnerKey(ownerKey);
        var key = RandomNumberGenerator.GetBytes(Envelope.KeyLength);
        var now = clock.GetUtcNow();
        var keyId = Guid.CreateVersion7(now);
        var row = new
        {
            target.ObjectId,
            target.OwnerId,
            target.Purpose,
            KeyId = keyId,
            WrappedBy = ownerKey.KeyId,
            Wrapped = Envelope.Seal(wrapping, key, ObjectIdentity(target, keyId)),
            CreatedAt = now,
        };
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(wrapping);
        return keys.WriteAsync(
            unit =>
            {
                unit.Execute(
                    """
                    INSERT INTO vault_object_keys (object_id, owner_id, purpose, key_id, wrapped_by, wrapped, created_at)
                    VALUES (@ObjectId, @OwnerId, @Purpose, @KeyId, @WrappedBy, @Wrapped, @CreatedAt) ON CONFLICT (object_id) DO NOTHING
                    """,
                    row);
                return unit.QuerySingleOrDefault<ObjectKeyRow>(SelectObjectKey, row)!;
            },
            cancellation);
    }

    private byte[]? Unwrap(SealedObject target, OwnerKeyRow ownerKey, ObjectKeyRow objectKey)
    {
        if (objectKey.OwnerId != target.OwnerId || objectKey.Purpose != target.Purpose)
            return null;
        var wrapping = UnwrapOwnerKey(ownerKey);
        var key = Envelope.Open(wrapping, objectKey.Wrapped, ObjectIdentity(target, objectKey.KeyId));
        CryptographicOperations.ZeroMemory(wrapping);
        return key;
    }

    private byte[] UnwrapOwnerKey(OwnerKeyRow row) =>
        master.Unwrap(row.Wrapped, OwnerIdentity(row.OwnerId, row.KeyId))
        ?? throw new InvalidOperationException($"The key of owner {row.OwnerId} does not open under master key {master.Id}; it was wrapped by {row.MasterId}.");

    private static string OwnerIdentity(Guid ownerId, Guid keyId) => $"atrium.vault.owner.v1|{ownerId:D}|{keyId:D}";

    private static string ObjectIdentity(SealedObject target, Guid keyId) => $"atrium.vault.object.v1|{target.OwnerId:D}|{target.ObjectId:D}|{keyId:D}|{target.Purpose}";

    internal sealed record OwnerKeyRow
    {
        public required Guid OwnerId { get; init; }

        public required Guid KeyId { get; init; }

        public required string MasterId { get; init; }

        public required byte[] Wrapped { get; init; }
    }

    internal sealed record ObjectKeyRow
    {
        public required Guid ObjectId { get; init; }

        public required Guid OwnerId { get; init; }

        public required string Purpose { get; init; }

        public required Guid KeyId { get; init; }

        public required Guid WrappedBy { get; init; }

        public required byte[] Wrapped { get; init; }
    }
}
