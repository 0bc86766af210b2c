using System.Security.Cryptography;
using System.Text;

namespace Atrium.Vault.Keys;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. Layout: version (1 byte), nonce (12), tag (16), ciphertext.
/// The identity of what is sealed is associated data, so bytes moved to another place do not open.
/// </summary>
internal static class Envelope
{
    public const int KeyLength = 32;

    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, string identity)
    {
        var bytes = new byte[Overhead + plain.Length];
        bytes[0] = Version;
        var nonce = bytes.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, plain, bytes.AsSpan(Overhead), bytes.AsSpan(1 + NonceLength, TagLength), Encoding.UTF8.GetBytes(identity));
        return bytes;
    }

    /// <returns>Null when the bytes were not sealed under this key for this identity.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, string identity)
    {
        if (bytes.Length < Overhead || bytes[0] != Version)
            return null;
        var plain = new byte[bytes.Length - Overhead];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(bytes.Slice(1, NonceLength), bytes[Overhead..], bytes.Slice(1 + NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(identity));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
