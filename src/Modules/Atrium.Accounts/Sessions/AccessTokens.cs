using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atrium.Platform.Configuration;

namespace Atrium.Accounts.Sessions;

/// <summary>What an access token says. Whether it still counts is the session's row to say.</summary>
internal sealed record AccessToken(Guid PersonId, Guid SessionId, DateTimeOffset ExpiresAt);

/// <summary>
/// Signs and reads JSON Web Tokens (RFC 7519) of exactly one kind: HMAC-SHA-256, one fixed header compared as text, one audience.
/// There is no other algorithm to confuse, no key id to inject and no header field to obey.
/// </summary>
internal sealed class AccessTokens(HouseSettings settings, HouseSecrets secrets, TimeProvider clock)
{
    public const string Audience = "atrium:access";

    /// <summary>base64url of <c>{"alg":"HS256","typ":"JWT"}</c></summary>
    internal const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

    private const int LongestToken = 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 2,
    };

    private readonly Lazy<byte[]> key = new(() => secrets.TokenSecret);

    public (string Token, DateTimeOffset ExpiresAt) Issue(Guid personId, Guid sessionId)
    {
        var issuedAt = clock.GetUtcNow().ToUnixTimeSeconds();
        var expiresAt = issuedAt + (long)TimeSpan.FromHours(settings.TokenHours).TotalSeconds;
        var claims = new Claims(personId, sessionId, Audience, issuedAt, expiresAt);
        var signed = Header + "." + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, Strict));
        return (signed + "." + Sign(signed), DateTimeOffset.FromUnixTimeSeconds(expiresAt));
    }

    /// <returns>Null for everything that this house did not sign for this purpose, or that has expired.</returns>
    public AccessToken? Read(string token) => ReadEvenExpired(token) is { } read && read.ExpiresAt > clock.GetUtcNow() ? read : null;

    /// <summary>An expired token opens nothing, but still says which session its bearer wants to end.</summary>
    public AccessToken? ReadEvenExpired(string token)
    {
        if (token.Length > LongestToken)
            return null;
        var dot = token.LastIndexOf('.');
        if (dot <= Header.Length || !token.StartsWith(Header + ".", StringComparison.Ordinal))
            return null;
        // Comparing the encoded form leaves no second spelling of a signature.
        var expected = Encoding.UTF8.GetBytes(Sign(token[..dot]));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(token[(dot + 1)..])))
            return null;
        return ReadClaims(token[(Header.Length + 1)..dot]) is { } claims && claims.Aud == Audience && IsPlausible(claims)
            ? new AccessToken(claims.Sub, claims.Jti, DateTimeOffset.FromUnixTimeSeconds(claims.Exp))
            : null;
    }

    private bool IsPlausible(Claims claims) =>
        claims.Iat >= 0
        && claims.Iat <= (clock.GetUtcNow() + Skew).ToUnixTimeSeconds()
        && claims.Exp > claims.Iat
        && claims.Exp <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private static Claims? ReadClaims(string encoded)
    {
        try
        {
            return JsonSerializer.Deserialize<Claims>(Base64Url.DecodeFromChars(encoded), Strict);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(text)));

    private sealed record Claims(Guid Sub, Guid Jti, string Aud, long Iat, long Exp);
}
