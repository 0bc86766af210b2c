using System.Net;
using Atrium.Testing;

namespace Atrium.Host.Tests;

/// <summary>What every answer says to a browser.</summary>
[Keeps("H-073", "L-090")]
public sealed class HeaderTests
{
    [Fact]
    [Asvs("3.4.1", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "14.3.2", "3.2.1", "4.1.1")]
    public async Task Every_route_forbids_sniffing_framing_scripts_and_keeping()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["PUBLIC_URL"] = "https://home.example.org" });
        var wrong = new List<string>();

        foreach (var route in MatrixRoute.All(house))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Address(MatrixRoute.AnyValues));
            request.Headers.Add("Authorization", "Bearer nobody");
            using var answer = await house.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
            void Expect(bool holds, string what)
            {
                if (!holds)
                    wrong.Add($"{route}: {what}");
            }

            Expect(Header("X-Content-Type-Options") == "nosniff", "nosniff");
            Expect(Header("Referrer-Policy") == "no-referrer", "referrer policy");
            Expect(Header("X-Frame-Options") == "DENY", "frame options");
            Expect(Header("Cross-Origin-Resource-Policy") == "same-origin", "resource policy");
            Expect(Header("Content-Security-Policy") is { } policy && policy.StartsWith("default-src 'none'", StringComparison.Ordinal) && policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) && !policy.Contains("unsafe", StringComparison.Ordinal), "content policy");
            Expect(Header("Permissions-Policy") is { } permissions && permissions.Contains("camera=()", StringComparison.Ordinal) && permissions.Contains("microphone=(self)", StringComparison.Ordinal), "permissions policy");
            Expect(Header("Strict-Transport-Security") is { } transport && transport.Contains("includeSubDomains", StringComparison.Ordinal) && int.Parse(transport.Split(['=', ';'])[1], System.Globalization.CultureInfo.InvariantCulture) >= 31_536_000, "transport security");
            Expect(Header("X-XSS-Protection") is null && Header("Server") is null && Header("X-Powered-By") is null, "no outdated or talkative header");
            Expect(!route.Pattern.StartsWith("/api", StringComparison.Ordinal) || Header("Cache-Control")?.Contains("no-store", StringComparison.Ordinal) == true, "no-store");
            Expect(answer.Content.Headers.ContentLength is 0 || answer.Content.Headers.ContentType is not null || (int)answer.StatusCode is 204 or >= 300 and < 400, "content type");
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong.Take(20)));
    }

    [Fact]
    [Asvs("3.3.1", "3.3.2", "3.3.4")]
    public async Task The_cookies_are_for_this_host_over_https_and_for_no_script()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["PUBLIC_URL"] = "https://home.example.org" });

        using var answer = await house.Client.PostAsync("/api/register", System.Net.Http.Json.JsonContent.Create(new { username = "cookie-owner", password = TestHouse.Password, setupToken = house.SetupToken }));

        var cookies = answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.ToLowerInvariant()).ToList();
        cookies.Count.ShouldBe(2);
        foreach (var cookie in cookies)
        {
            cookie.ShouldContain("; secure");
            cookie.ShouldContain("; httponly");
            cookie.ShouldContain("; samesite=lax");
            cookie.ShouldNotContain("domain=");
        }
        cookies.ShouldContain(cookie => cookie.StartsWith("__host-atrium=") && cookie.Contains("; path=/;"));
        cookies.ShouldContain(cookie => cookie.StartsWith("__secure-atrium-refresh=") && cookie.Contains("; path=/api/refresh;"));
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("CONNECT-NOT")]
    [Asvs("13.4.4")]
    public async Task Methods_that_nobody_needs_are_refused(string method)
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/house");
        using var answer = await house.Client.SendAsync(request);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.NotImplemented);
    }
}
