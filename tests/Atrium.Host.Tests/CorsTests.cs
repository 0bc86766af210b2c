using Atrium.Platform.Configuration;
using Atrium.Testing;

namespace Atrium.Host.Tests;

/// <summary>Which other origins' pages may ask the API.</summary>
[Keeps("Z-114", "H-077")]
public sealed class CorsTests
{
    private static readonly string[] Listed = ["https://app.example.org", "http://localhost:5173"];

    private static async Task<HttpResponseMessage> AskFirstAsync(TestHouse house, string origin, string method)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/me");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return await house.Client.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    [Fact]
    public async Task Each_listed_origin_is_told_that_it_may_and_no_other()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["ALLOWED_ORIGINS"] = string.Join(',', Listed) });

        foreach (var origin in Listed)
        {
            using var answer = await AskFirstAsync(house, origin, "PATCH");
            Header(answer, "Access-Control-Allow-Origin").ShouldBe(origin);
            Header(answer, "Access-Control-Allow-Credentials").ShouldBeNull("a page elsewhere brings a Bearer header, never the cookie");
            Header(answer, "Access-Control-Allow-Methods").ShouldNotBeNull().ShouldContain("PATCH");
            Header(answer, "Access-Control-Allow-Headers").ShouldNotBeNull().ShouldContain("authorization", Case.Insensitive);
        }
        foreach (var origin in new[] { "https://evil.example", "https://app.example.org.evil.example", "http://app.example.org", "https://app.example.org:8443", "null" })
        {
            using var answer = await AskFirstAsync(house, origin, "GET");
            Header(answer, "Access-Control-Allow-Origin").ShouldBeNull(origin);
        }
    }

    [Theory]
    [InlineData("ALLOWED_ORIGINS", "*")]
    [InlineData("ALLOWED_ORIGINS", "https://app.example.org,*")]
    [InlineData("ALLOWED_ORIGINS", "https://*.example.org")]
    [InlineData("CORS_ORIGINS", "[\"*\"]")]
    public void The_house_does_not_start_with_a_list_of_everybody(string setting, string value) =>
        Should.Throw<SettingsException>(() => SettingsLoader.Load(new Dictionary<string, string> { [setting] = value }));
}
