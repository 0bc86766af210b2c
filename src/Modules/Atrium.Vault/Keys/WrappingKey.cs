using System.Security.Cryptography;
using System.Text;

namespace Atrium.Vault.Keys;

/// <summary>What is derived from one master key (HKDF-SHA-256, RFC 5869), each with a word of its own: the key never works itself.</summary>
internal sealed class WrappingKey(byte[] master)
{
    private readonly byte[] wrapping = Derive(master, "atrium.vault.wrap.v1");

    /// <summary>Tells master keys apart without saying anything of them; stored beside what each wrapped.</summary>
    public string Id { get; } = Convert.ToHexStringLower(Derive(master, "atrium.vault.id.v1").AsSpan(0, 8));

    /// <summary>The key of fingerprints in a house whose master key was never changed.</summary>
    public byte[] FirstFingerprintKey { get; } = Derive(master, "atrium.vault.fingerprint.v1");

    public byte[] Wrap(ReadOnlySpan<byte> plain, string identity) => Envelope.Seal(wrapping, plain, identity);

    /// <returns>Null when it was not wrapped under this key for this identity.</returns>
    public byte[]? Unwrap(ReadOnlySpan<byte> wrapped, string identity) => Envelope.Open(wrapping, wrapped, identity);

    private static byte[] Derive(byte[] master, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, Envelope.KeyLength, info: Encoding.UTF8.GetBytes(purpose));
}
