using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Atrium.Ai;

/// <summary>Signs requests with a pair of AWS keys.</summary>
/// <remarks>Source: AWS, "Signature Version 4 for API requests": a canonical form of the request, and a key derived for day, region and service.</remarks>
internal sealed class AwsSignature(string accessKeyId, string secretAccessKey, string? sessionToken, string region, TimeProvider clock) : IRequestProof
{
    private const string Service = "bedrock";
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private readonly ServerClock _time = new(clock);

    /// <summary>A signature with the connection's pair of keys, or its Bedrock key as a bearer.</summary>
    public static IRequestProof For(Provider provider, ProviderConnection connection, TimeProvider clock)
    {
        if (ProviderHeaders.Value(provider, connection, "apiKey") is { } bearer)
            return new HeaderProof([KeyValuePair.Create("Authorization", $"Bearer {bearer}")]);
        return new AwsSignature(
            ProviderHeaders.Value(provider, connection, "accessKeyId") ?? throw ProviderException.NotConfigured(provider, "accessKeyId"),
            ProviderHeaders.Value(provider, connection, "secretAccessKey") ?? throw ProviderException.NotConfigured(provider, "secretAccessKey"),
            ProviderHeaders.Value(provider, connection, "sessionToken"),
            ProviderHeaders.Value(provider, connection, "region") ?? throw ProviderException.NotConfigured(provider, "region"),
            clock);
    }

    public ValueTask AddAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var time = _time.Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        if (sessionToken is not null)
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", sessionToken);
        var scope = $"{time[..8]}/{region}/{Service}/aws4_request";
        var (canonical, names) = Canonical(request, body, time);
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Hex(HMACSHA256.HashData(SigningKey(time[..8]), Encoding.UTF8.GetBytes(toSign)));
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={accessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
        return ValueTask.CompletedTask;
    }

    public bool Renew(ProviderException refusal) => _time.Adjust(refusal);

    private (string Canonical, string Names) Canonical(HttpRequestMessage request, ReadOnlyMemory<byte> body, string time)
    {
        var address = request.RequestUri!;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.Authority,
            ["x-amz-date"] = time,
        };
        if (request.Content?.Headers.ContentType is { } type)
            headers["content-type"] = type.ToString();
        if (sessionToken is not null)
            headers["x-amz-security-token"] = sessionToken;
        var names = string.Join(';', headers.Keys);
        // Every service but S3 encodes each segment of the path once more.
        var path = string.Join('/', address.AbsolutePath.Split('/').Select(Uri.EscapeDataString));
        var query = string.Join('&', address.Query.TrimStart('?').Split('&').Order(StringComparer.Ordinal));
        var lines = string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"));
        return ($"{request.Method}\n{path}\n{query}\n{lines}\n{names}\n{Hex(SHA256.HashData(body.Span))}", names);
    }

    private byte[] SigningKey(string day)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (var part in (string[])[day, region, Service, "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
