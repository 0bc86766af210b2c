using System.Security.Cryptography;
using System.Text;

namespace Atrium.Ai;

/// <summary>Signs requests with a person's Oracle Cloud API signing key.</summary>
/// <remarks>Source: Oracle Cloud, "Request Signatures": draft-cavage-http-signatures, RSA with SHA-256 over named headers.</remarks>
internal sealed class OciSignature(Provider provider, ProviderConnection connection, TimeProvider clock) : IRequestProof
{
    private const string PrivateKey = "privateKeyPem";

    private readonly ServerClock _time = new(clock);
    private readonly string _keyId = string.Join('/', ((string[])["tenancyId", "userId", "fingerprint"])
        .Select(name => ProviderHeaders.Value(provider, connection, name) ?? throw ProviderException.NotConfigured(provider, name)));

    public ValueTask AddAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var date = _time.Now.UtcDateTime.ToString("r");
        request.Headers.TryAddWithoutValidation("Date", date);
        List<(string Name, string Value)> signed =
        [
            ("(request-target)", $"{request.Method.Method.ToLowerInvariant()} {request.RequestUri!.PathAndQuery}"),
            ("date", date),
            ("host", request.RequestUri.Authority),
        ];
        if (request.Content is { } content)
        {
            var hash = Convert.ToBase64String(SHA256.HashData(body.Span));
            request.Headers.TryAddWithoutValidation("x-content-sha256", hash);
            signed.AddRange([("x-content-sha256", hash), ("content-type", content.Headers.ContentType!.ToString()), ("content-length", $"{body.Length}")]);
        }
        var text = string.Join('\n', signed.Select(header => $"{header.Name}: {header.Value}"));
        request.Headers.TryAddWithoutValidation("Authorization",
            $"Signature version=\"1\",keyId=\"{_keyId}\",algorithm=\"rsa-sha256\",headers=\"{string.Join(' ', signed.Select(header => header.Name))}\",signature=\"{Sign(text)}\"");
        return ValueTask.CompletedTask;
    }

    public bool Renew(ProviderException refusal) => _time.Adjust(refusal);

    private string Sign(string text)
    {
        using var key = RSA.Create();
        var pem = connection.Value(provider, PrivateKey) ?? throw ProviderException.NotConfigured(provider, PrivateKey);
        try
        {
            if (connection.Value(provider, "keyPassphrase") is { } passphrase)
                key.ImportFromEncryptedPem(pem, passphrase);
            else
                key.ImportFromPem(pem);
            return Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
        catch (Exception cause) when (cause is ArgumentException or CryptographicException)
        {
            // Not passed on: an exception about a key may quote it.
            throw ProviderException.NotConfigured(provider, PrivateKey);
        }
    }
}
