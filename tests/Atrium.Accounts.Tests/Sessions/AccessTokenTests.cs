using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.Sessions;

public sealed class AccessTokenTests : IAsyncLifetime
{
    private const string Secret = "a signing secret of this test, 0123456789";

    private readonly FakeClock clock = new();
    private TestHouse house = null!;
    private TestPerson person = null!;
    private TestPerson other = null!;

    public async ValueTask InitializeAsync()
    {
        house = await TestHouse.StartAsync(
            DatabaseEngine.Sqlite,
            new Dictionary<string, string> { ["JWT_SECRET"] = Secret },
            services => services.AddSingleton<TimeProvider>(clock));
        person = await house.PersonAsync();
        other = await house.PersonAsync();
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    [Keeps("Z-103", "Z-111")]
    [Asvs("9.2.4", "7.2.2")]
    public void Says_who_and_which_session_and_lives_24_hours()
    {
        var (header, claims) = Parts(person.Token);

        header.GetRawText().ShouldBe("""{"alg":"HS256","typ":"JWT"}""");
        claims.GetProperty("sub").GetGuid().ShouldBe(person.Id);
        claims.GetProperty("jti").GetGuid().ShouldNotBe(Guid.Empty);
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(24 * 60 * 60);
        person.Token.ShouldBe(Signed(Header, claims.GetRawText()));
    }

    [Fact]
    [Keeps("Z-111", "B-010")]
    [Asvs("9.1.1", "9.1.2", "9.1.3", "9.2.2", "9.2.3", "7.2.1")]
    public async Task Refuses_every_forged_expired_altered_or_foreign_token()
    {
        var forged = Forgeries().ToList();
        forged.Count.ShouldBeGreaterThanOrEqualTo(60);
        forged.Select(forgery => forgery.Token).ShouldBeUnique();
        (await AskAsync(person.Token)).ShouldBe(200);

        foreach (var (what, token) in forged)
            (await AskAsync(token)).ShouldBe(401, what);
    }

    [Fact]
    [Asvs("9.2.1")]
    public async Task Ends_with_its_time()
    {
        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await AskAsync(person.Token)).ShouldBe(200);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await AskAsync(person.Token)).ShouldBe(401);
    }

    [Fact]
    public async Task An_expired_token_still_ends_its_session()
    {
        var session = await house.Client.PostAsync("/api/login", new { username = person.Username, password = TestHouse.Password }).JsonAsync();
        clock.Advance(TimeSpan.FromHours(25));
        using var stale = house.WithToken(session.GetProperty("token").GetString()!, person.Id, person.Username).Client;

        (await stale.PostAsync("/api/logout", null).OutcomeAsync()).ShouldBe("204");

        (await house.Client.PostAsync("/api/refresh", new { refreshToken = session.GetProperty("refreshToken").GetString() }).OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    private IEnumerable<(string What, string Token)> Forgeries()
    {
        var (_, claims) = Parts(person.Token);
        var good = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(claims)!;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        string With(string name, object? value) => JsonSerializer.Serialize(good.Where(pair => pair.Key != name).ToDictionary(pair => pair.Key, pair => (object?)pair.Value).Append(KeyValuePair.Create(name, value)).ToDictionary());
        string Without(string name) => JsonSerializer.Serialize(good.Where(pair => pair.Key != name).ToDictionary());
        var raw = claims.GetRawText();

        foreach (var algorithm in new[] { "none", "None", "NONE", "nOnE", "HS384", "HS512", "RS256", "ES256", "PS256", "hs256", "", "EdDSA" })
        {
            var header = $$"""{"alg":"{{algorithm}}","typ":"JWT"}""";
            yield return ($"alg {algorithm}, signed", Signed(header, raw));
            yield return ($"alg {algorithm}, unsigned", Encode(header) + "." + Encode(raw) + ".");
        }
        foreach (var header in new[]
        {
            "{}", "[]", "null", """{"typ":"JWT","alg":"HS256"}""", """{"alg":"HS256"}""", """{ "alg":"HS256","typ":"JWT"}""",
            """{"alg":"HS256","typ":"JWT","kid":"../../dev/null"}""", """{"alg":"HS256","typ":"JWT","jku":"http://127.0.0.1/keys"}""",
            """{"alg":"HS256","typ":"JWT","x5u":"http://127.0.0.1/cert"}""", """{"alg":"HS256","typ":"JWT","crit":["exp"]}""", """{"alg":"HS256","typ":"JWE"}""",
        })
            yield return ($"header {header}", Signed(header, raw));

        foreach (var name in new[] { "sub", "jti", "aud", "iat", "exp" })
        {
            yield return ($"without {name}", Signed(Header, Without(name)));
            yield return ($"{name} null", Signed(Header, With(name, null)));
            yield return ($"{name} an object", Signed(Header, With(name, new { })));
        }
        foreach (var audience in new[] { "atrium:refresh", "atrium", "", "ATRIUM:ACCESS", "atrium:access " })
            yield return ($"audience {audience}", Signed(Header, With("aud", audience)));
        yield return ("several audiences", Signed(Header, With("aud", new[] { "atrium:access" })));
        foreach (var expiry in new[] { now, now - 1, 0, -1, long.MaxValue, long.MinValue })
            yield return ($"exp {expiry}", Signed(Header, With("exp", expiry)));
        yield return ("exp as text", Signed(Header, With("exp", (now + 60).ToString())));
        yield return ("exp with a fraction", Signed(Header, With("exp", now + 60.5)));
        yield return ("issued tomorrow", Signed(Header, With("iat", now + 86_400)));
        yield return ("issued before time", Signed(Header, With("iat", -1)));
        yield return ("somebody else's session", Signed(Header, With("jti", Parts(other.Token).Claims.GetProperty("jti").GetGuid())));
        yield return ("somebody else's id", Signed(Header, With("sub", other.Id)));
        yield return ("nobody's id", Signed(Header, With("sub", Guid.Empty)));
        yield return ("a session that never was", Signed(Header, With("jti", Guid.CreateVersion7())));
        yield return ("an id that is no id", Signed(Header, With("sub", "admin' OR '1'='1")));
        yield return ("one more claim", Signed(Header, With("role", "admin")));
        yield return ("a claim twice", Signed(Header, raw[..^1] + $",\"sub\":\"{other.Id}\"}}"));
        yield return ("claims as a list", Signed(Header, $"[{raw}]"));
        yield return ("no claims", Signed(Header, ""));

        foreach (var (what, key) in new[] { ("an empty key", ""), ("another key", Secret + "x"), ("a known key", "secret"), ("the key in capitals", Secret.ToUpperInvariant()) })
            yield return (what, Signed(Header, raw, key));
        var dot = person.Token.LastIndexOf('.');
        yield return ("no signature", person.Token[..(dot + 1)]);
        yield return ("no third part", person.Token[..dot]);
        yield return ("half a signature", person.Token[..(dot + 20)]);
        yield return ("a padded signature", person.Token + "=");
        yield return ("a longer signature", person.Token + "A");
        yield return ("a fourth part", person.Token + ".e30");
        yield return ("a space before", " " + person.Token);
        yield return ("the signature's spare bits set", person.Token[..^1] + (char)(person.Token[^1] + 1));
        yield return ("altered claims under the old signature", Encode(Header) + "." + Encode(With("sub", other.Id)) + person.Token[dot..]);
        yield return ("only dots", "..");
        yield return ("empty", "");
        yield return ("oversized", Signed(Header, With("sub", new string('a', 20_000))));
        yield return ("oversized by spaces", Signed(Header, raw + new string(' ', 8_000)));
        foreach (var position in new[] { 0, 10, Encode(Header).Length + 3, person.Token.Length / 2, dot + 1, person.Token.Length - 3 })
            yield return ($"one letter changed at {position}", person.Token[..position] + (person.Token[position] == 'A' ? 'B' : 'A') + person.Token[(position + 1)..]);
    }

    private async Task<int> AskAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await house.Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static (JsonElement Header, JsonElement Claims) Parts(string token)
    {
        var parts = token.Split('.');
        return (JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[0])), JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[1])));
    }

    private static string Signed(string header, string claims, string key = Secret)
    {
        var text = Encode(header) + "." + Encode(claims);
        return text + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
