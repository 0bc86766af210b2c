namespace Atrium.Contracts.Vault;

/// <summary>What is sealed: whose it is, which thing, and what for. All three are authenticated, so sealed bytes cannot be moved to another place.</summary>
/// <param name="OwnerId">The person (later: group or instance) whose key wraps the thing's key.</param>
/// <param name="ObjectId">The thing. Each has a key of its own.</param>
/// <param name="Purpose">A fixed word of the owning module, such as <c>gateway.provider-key</c>.</param>
public sealed record SealedObject(Guid OwnerId, Guid ObjectId, string Purpose);

/// <summary>
/// Seals bytes under a key of their own. The owning module stores the sealed bytes; the Vault keeps only keys. Destroying the key makes
/// every copy of the bytes unreadable, in backups too.
/// </summary>
public interface ISealer
{
    /// <summary>Seals with the object's key, which is made and stored durably first when there is none.</summary>
    Task<byte[]> SealAsync(SealedObject target, ReadOnlyMemory<byte> plain, CancellationToken cancellation);

    /// <returns>The plain bytes, or null when the key was destroyed or the bytes are not what was sealed for this object.</returns>
    Task<byte[]?> OpenAsync(SealedObject target, ReadOnlyMemory<byte> sealedBytes, CancellationToken cancellation);

    /// <summary>Destroys the object's key. Done before the bytes are deleted; repeating it is harmless.</summary>
    Task DestroyAsync(Guid objectId, CancellationToken cancellation);

    /// <summary>A short keyed fingerprint (8 hexadecimal digits) that lets a person recognise a secret and nobody guess it.</summary>
    string Fingerprint(string secret);
}
