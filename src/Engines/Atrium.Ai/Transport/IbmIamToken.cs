using System.Net;

namespace Atrium.Ai;

/// <summary>Exchanges an IBM Cloud API key for a token and sends that.</summary>
internal sealed class IbmIamToken : IRequestProof
{
    private const int LongestToken = 8_192;
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    private readonly ProviderTransport _transport;
    private readonly TokenCache _tokens;
    private readonly TimeProvider _clock;
    private readonly string _key;
    private readonly Uri _address;
    private readonly string _identity;
    private AccessToken? _sent;

    public IbmIamToken(ProviderTransport transport, string key, TokenCache tokens, TimeProvider clock)
    {
        (_transport, _tokens, _clock, _key) = (transport, tokens, clock, key);
        _address = transport.Address(transport.Provider.TokenPath!);
        _identity = TokenCache.IdentityOf(_address, key);
    }

    public async ValueTask AddAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        _sent = await _tokens.GetAsync(_identity, ExchangeAsync, cancellation);
        _transport.Hide(_sent.Text);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_sent.Text}");
    }

    public bool Renew(ProviderException refusal)
    {
        if (refusal.Status is not HttpStatusCode.Unauthorized || _sent is not { } refused)
            return false;
        _tokens.Forget(_identity, refused);
        _sent = null;
        return true;
    }

    private async Task<AccessToken> ExchangeAsync()
    {
        using var answer = await _transport.ExchangeAsync(_address, new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ibm:params:oauth:grant-type:apikey",
            ["apikey"] = _key,
        });
        if (Json.String(answer.RootElement, "access_token") is not { Length: > 0 and <= LongestToken } token || !token.All(letter => letter is > ' ' and < '\x7f'))
            throw _transport.Malformed("the key was exchanged for nothing");
        var seconds = Json.Count(answer.RootElement, "expires_in") ?? 0;
        // Counted from now: the other clock may be wrong.
        var life = TimeSpan.FromSeconds(Math.Clamp(seconds, ShortestLife.TotalSeconds, LongestLife.TotalSeconds));
        return new AccessToken(token, _clock.GetUtcNow() + life);
    }
}
