using System.Security.Cryptography;
using Atrium.Contracts.Vault;
using Atrium.Vault.Keys;

namespace Atrium.Vault;

/// <summary>Seals bytes under the key of their object. Stores nothing but keys.</summary>
internal sealed class Sealer(KeyRing ring, MasterKey master) : ISealer
{
    public async Task<byte[]> SealAsync(SealedObject target, ReadOnlyMemory<byte> plain, CancellationToken cancellation)
    {
        var key = await ring.FindOrCreateAsync(target, cancellation);
        var bytes = Envelope.Seal(key, plain.Span, Identity(target));
        CryptographicOperations.ZeroMemory(key);
        return bytes;
    }

    public async Task<byte[]?> OpenAsync(SealedObject target, ReadOnlyMemory<byte> sealedBytes, CancellationToken cancellation)
    {
        if (await ring.FindAsync(target, cancellation) is not { } key)
            return null;
        var plain = Envelope.Open(key, sealedBytes.Span, Identity(target));
        CryptographicOperations.ZeroMemory(key);
        return plain;
    }

    public Task DestroyAsync(Guid objectId, CancellationToken cancellation) => ring.DestroyAsync(objectId, cancellation);

    public string Fingerprint(string secret) => master.Fingerprint(secret);

    private static string Identity(SealedObject target) => $"atrium.vault.sealed.v1|{target.OwnerId:D}|{target.ObjectId:D}|{target.Purpose}";
}
