using System.Security.Cryptography;
using System.Text;

namespace Atrium.Vault.Keys;

/// <summary>The one key above all others, once <see cref="OpenMasterKey"/> has proven it.</summary>
internal sealed class MasterKey
{
    private volatile State? state;

    public string Id => Current.Wrapping.Id;

    private State Current => state ?? throw new InvalidOperationException("The master key is used before it was checked at start.");

    public void Use(WrappingKey wrapping, byte[] fingerprintKey) => state = new State(wrapping, fingerprintKey);

    public byte[] Wrap(ReadOnlySpan<byte> plain, string identity) => Current.Wrapping.Wrap(plain, identity);

    public byte[]? Unwrap(ReadOnlySpan<byte> wrapped, string identity) => Current.Wrapping.Unwrap(wrapped, identity);

    /// <returns>8 hexadecimal digits, the same for a secret over all master keys that the house ever had.</returns>
    public string Fingerprint(string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Current.FingerprintKey, Encoding.UTF8.GetBytes(secret)).AsSpan(0, 4));

    private sealed record State(WrappingKey Wrapping, byte[] FingerprintKey);
}
