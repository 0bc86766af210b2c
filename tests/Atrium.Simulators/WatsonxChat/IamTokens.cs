using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.WatsonxChat;

/// <summary>Exchanges keys for tokens that live an hour by the simulation's clock.</summary>
internal sealed class IamTokens(Simulation simulation)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string Key, DateTimeOffset ExpiresAt)> _tokens = new(StringComparer.Ordinal);
    private int _made;

    public async Task ExchangeAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var key = form["apikey"].ToString();
        if (form["grant_type"] != "urn:ibm:params:oauth:grant-type:apikey")
            await WriteAsync(http, 400, new JsonObject { ["errorCode"] = "BXNIM0106E", ["errorMessage"] = "Invalid grant_type.", ["context"] = new JsonObject() });
        else if (key.Length == 0 || key.StartsWith("bad", StringComparison.Ordinal))
            // A careless service repeats the key it refuses; nothing of ours may pass it on.
            await WriteAsync(http, 400, new JsonObject { ["errorCode"] = "BXNIM0415E", ["errorMessage"] = $"Provided API key could not be found: {key}." });
        else
            await WriteAsync(http, 200, Make(key));
    }

    public string? Find(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        var token = authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : "";
        return _tokens.ContainsKey(token) ? token : null;
    }

    public bool IsOver(string token) => _tokens[token].ExpiresAt <= simulation.Clock.GetUtcNow() || simulation.TokensAreRevokedUntil > _tokens[token].ExpiresAt - Life;

    /// <summary>The key a request's token was made from.</summary>
    public string KeyOf(HttpContext http) => Find(http) is { } token ? _tokens[token].Key : "";

    private JsonObject Make(string key)
    {
        var token = SimulatedSecrets.IamToken(Interlocked.Increment(ref _made));
        var expiresAt = simulation.Clock.GetUtcNow() + Life;
        _tokens[token] = (key, expiresAt);
        return new JsonObject
        {
            ["access_token"] = token,
            ["refresh_token"] = "not_supported",
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)Life.TotalSeconds,
            ["expiration"] = expiresAt.ToUnixTimeSeconds(),
            ["scope"] = "ibm openid",
        };
    }

    private static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
