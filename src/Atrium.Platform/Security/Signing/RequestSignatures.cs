using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atrium.Platform.Data;
using Microsoft.AspNetCore.Http;

namespace Atrium.Platform.Security.Signing;

/// <summary>What a signature says of a request.</summary>
public enum SignatureVerdict
{
    Valid,

    /// <summary>It carries none, or one that cannot be read.</summary>
    Missing,

    /// <summary>Not made with the secret, or of other words.</summary>
    Wrong,

    /// <summary>Older, or further in the future, than <see cref="RequestSignatures.Tolerance"/>.</summary>
    OutOfTime,

    /// <summary>It was obeyed before.</summary>
    Repeated,
}

/// <summary>
/// Signs requests to other programs and checks those from them, after Standard Webhooks 1.0: the headers <c>webhook-id</c>,
/// <c>webhook-timestamp</c> (seconds) and <c>webhook-signature</c> (one or more, while a secret is being replaced).
/// </summary>
public sealed class RequestSignatures(Database database, TimeProvider clock)
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far apart the two programs' clocks, and so a request and its repeat, may be.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int LongestId = 128;
    private const int MostSignatures = 8;

    /// <summary>Adds the three headers to a request whose body is <paramref name="body"/>.</summary>
    /// <param name="id">The same for every attempt to deliver the same thing.</param>
    public void Sign(HttpRequestMessage request, SigningSecret secret, string id, ReadOnlySpan<byte> body)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.Add(IdHeader, id);
        request.Headers.Add(TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(SignatureHeader, secret.Sign(id, seconds, body));
    }

    /// <summary>Checks a request and remembers it, so that the same one is obeyed once, by whichever server of the house.</summary>
    /// <param name="sender">Whose ids these are; ids of different senders may be the same.</param>
    /// <param name="secrets">The sender's secret; the one before it too while it is being replaced.</param>
    /// <param name="body">The bytes as they came, before anything read them.</param>
    public async Task<SignatureVerdict> CheckAsync(string sender, IReadOnlyList<SigningSecret> secrets, IHeaderDictionary headers, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var id = headers[IdHeader].ToString();
        if (id.Length is 0 or > LongestId || id.Any(letter => letter is '.' or < '!' or > '~')
            || !long.TryParse(headers[TimestampHeader].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || headers[SignatureHeader].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { Length: > 0 and <= MostSignatures } given)
            return SignatureVerdict.Missing;
        if (!IsSigned(secrets, given, id, seconds, body.Span))
            return SignatureVerdict.Wrong;
        var now = clock.GetUtcNow();
        if (Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)Tolerance.TotalSeconds)
            return SignatureVerdict.OutOfTime;
        var isNew = await database.ExecuteAsync(
            "INSERT INTO platform_signed_requests (sender, id, until) VALUES (@sender, @id, @until) ON CONFLICT (sender, id) DO NOTHING",
            new { sender, id, until = now + (2 * Tolerance) },
            cancellation) == 1;
        return isNew ? SignatureVerdict.Valid : SignatureVerdict.Repeated;
    }

    private static bool IsSigned(IReadOnlyList<SigningSecret> secrets, string[] given, string id, long seconds, ReadOnlySpan<byte> body)
    {
        var isSigned = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(secret.Sign(id, seconds, body));
            foreach (var signature in given)
                isSigned |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        }
        return isSigned;
    }
}
