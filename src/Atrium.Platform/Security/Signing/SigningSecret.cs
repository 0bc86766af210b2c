using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Atrium.Platform.Security.Signing;

/// <summary>A secret that two programs share, as <c>whsec_</c> and the Base64 form of 24 to 64 bytes.</summary>
public sealed class SigningSecret
{
    private const string Prefix = "whsec_";
    private const string Version = "v1,";
    private const int Shortest = 24;
    private const int Longest = 64;
    private const int OwnLength = 32;

    private readonly byte[] key;

    private SigningSecret(byte[] key) => this.key = key;

    public static SigningSecret New() => new(RandomNumberGenerator.GetBytes(OwnLength));

    public static bool TryParse(string? text, [NotNullWhen(true)] out SigningSecret? secret)
    {
        secret = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length > Prefix.Length + (Longest * 2))
            return false;
        var bytes = new byte[Longest + 2];
        if (!Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) || length is < Shortest or > Longest)
            return false;
        secret = new SigningSecret(bytes[..length]);
        return true;
    }

    /// <summary>The secret itself: for whoever must store it sealed or show it once.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(key);

    /// <summary>Says nothing, so that it can be part of a log line without harm.</summary>
    public override string ToString() => Prefix + "…";

    /// <summary><c>v1,</c> and the Base64 form of HMAC-SHA-256 over <c>id.timestamp.body</c>.</summary>
    internal string Sign(string id, long seconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{seconds}."));
        hash.AppendData(body);
        return Version + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
