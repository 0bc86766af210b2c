using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Atrium.Gateway.ApiKeys;

/// <summary>The secret of an API key: <c>atr_</c> and 32 random bytes in base64url.</summary>
internal static class ApiKeySecret
{
    public const string Beginning = "atr_";

    private const int RandomBytes = 32;
    private const int ShownLetters = 10;

    public static string Make() => Beginning + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    // 256 random bits cannot be guessed, so a plain fast hash is enough.
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static string PrefixOf(string secret) => secret[..ShownLetters];
}
