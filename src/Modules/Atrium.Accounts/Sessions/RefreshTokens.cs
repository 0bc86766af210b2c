using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Atrium.Platform.Configuration;

namespace Atrium.Accounts.Sessions;

/// <summary>
/// Refresh tokens are computed, not stored: session id, generation, and a MAC over both and the session's seed. So a repeat gets the
/// same successor, every older token of the session is recognised as spent, and neither the database nor the secret alone makes one.
/// </summary>
internal sealed class RefreshTokens(HouseSecrets secrets)
{
    private const int IdLength = 16;
    private const int NumberedLength = IdLength + sizeof(int);
    private const int Length = NumberedLength + HMACSHA256.HashSizeInBytes;

    private readonly Lazy<byte[]> key = new(() => HKDF.DeriveKey(HashAlgorithmName.SHA256, secrets.TokenSecret, 32, info: "atrium.refresh.v1"u8.ToArray()));

    /// <summary>Longest text a request may carry as a refresh token.</summary>
    public const int LongestInput = 128;

    public string Issue(SessionRow session) => Issue(session, session.RefreshGeneration);

    /// <returns>The session and generation that a token names, not yet proven; null when it is not of this form.</returns>
    public static (Guid SessionId, int Generation)? Parse(string token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return token.Length == Base64Url.GetEncodedLength(Length) && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var written) && written == Length
            ? (new Guid(bytes[..IdLength], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(bytes[IdLength..]))
            : null;
    }

    /// <summary>True when this house issued the token for this session and generation.</summary>
    public bool IsGenuine(string token, SessionRow session, int generation) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Issue(session, generation)), Encoding.UTF8.GetBytes(token));

    private string Issue(SessionRow session, int generation)
    {
        var bytes = new byte[Length];
        session.Id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(IdLength), generation);
        HMACSHA256.HashData(key.Value, [.. bytes.AsSpan(0, NumberedLength), .. session.RefreshSeed], bytes.AsSpan(NumberedLength));
        return Base64Url.EncodeToString(bytes);
    }
}
