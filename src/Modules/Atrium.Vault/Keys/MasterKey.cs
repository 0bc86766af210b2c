using System.Security.Cryptography;
using System.Text;
using Atrium.Platform.Configuration;

namespace Atrium.Vault.Keys;

/// <summary>
/// The one key above all others. It never works itself: a key for wrapping, one for fingerprints and its own public id are derived
/// from it (HKDF-SHA-256, RFC 5869), each with a word of its own.
/// </summary>
internal sealed class MasterKey(HouseSecrets secrets)
{
    private volatile Derived? derived;

    private Derived Current => derived ?? throw new InvalidOperationException("The master key is used before it was checked at start.");

    /// <summary>Tells keys apart without saying anything of them; stored beside what it wrapped, for rotation.</summary>
    public string Id => Current.Id;

    /// <returns>False when neither the setting nor the file has a key.</returns>
    public bool TryLoad()
    {
        derived = secrets.FindMasterKey() is { } key ? new Derived(key) : null;
        return derived is not null;
    }

    public void Create() => derived = new Derived(secrets.CreateMasterKey());

    public byte[] Wrap(ReadOnlySpan<byte> plain, string identity) => Envelope.Seal(Current.Wrapping, plain, identity);

    public byte[]? Unwrap(ReadOnlySpan<byte> wrapped, string identity) => Envelope.Open(Current.Wrapping, wrapped, identity);

    /// <returns>8 hexadecimal digits.</returns>
    public string Fingerprint(string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Current.Fingerprints, Encoding.UTF8.GetBytes(secret)).AsSpan(0, 4));

    private sealed class Derived(byte[] master)
    {
        public byte[] Wrapping { get; } = Derive(master, "atrium.vault.wrap.v1");

        public byte[] Fingerprints { get; } = Derive(master, "atrium.vault.fingerprint.v1");

        public string Id { get; } = Convert.ToHexStringLower(Derive(master, "atrium.vault.id.v1").AsSpan(0, 8));

        private static byte[] Derive(byte[] master, string purpose) =>
            HKDF.DeriveKey(HashAlgorithmName.SHA256, master, Envelope.KeyLength, info: Encoding.UTF8.GetBytes(purpose));
    }
}
