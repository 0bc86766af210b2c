using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atrium.Platform.Configuration;
using Atrium.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Host.Tests;

public sealed class ServingTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [Keeps("B-061")]
    public async Task Sends_hashed_assets_compressed_and_for_a_year(string encoding)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var script = (await house.Client.GetStringAsync("/")).Split('"').First(part => part.StartsWith("/assets/", StringComparison.Ordinal) && part.EndsWith(".js", StringComparison.Ordinal));

        using var ask = new HttpRequestMessage(HttpMethod.Get, script) { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue(encoding) } } };
        using var answer = await house.Client.SendAsync(ask);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        answer.Headers.CacheControl!.ToString().ShouldContain("max-age=31536000");
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
    }

    [Fact]
    [Keeps("B-061")]
    public async Task Sends_the_page_fresh_with_a_new_nonce_each_time()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        using var first = await house.Client.GetAsync("/assistant");
        using var second = await house.Client.GetAsync("/assistant");

        first.Headers.CacheControl!.NoCache.ShouldBeTrue();
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotBe(second.Headers.GetValues("Content-Security-Policy").Single());
        (await first.Content.ReadAsStringAsync()).ShouldContain(policy.Split("'nonce-")[1].Split('\'')[0]);
    }

    [Theory]
    [InlineData("/login.html", "/sign-in")]
    [InlineData("/signup.html", "/sign-up")]
    [InlineData("/mainapp.html", "/")]
    [Keeps("Z-052", "Z-090")]
    public async Task Leads_old_pages_to_their_screens(string old, string screen)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = house.Address };

        using var answer = await client.GetAsync(old);

        answer.Headers.Location!.ToString().ShouldBe(screen);
    }

    [Theory]
    [InlineData("GET", "/api/nothing-here", 404, "not-found")]
    [InlineData("POST", "/api/nothing-here", 404, "not-found")]
    [InlineData("GET", "/api/conversations", 401, "sign-in-required")]
    [InlineData("DELETE", "/api/me", 405, "method-not-allowed")]
    [Keeps("L-018")]
    [Asvs("16.5.1")]
    public async Task Says_every_error_as_a_problem_with_a_code(string method, string path, int status, string code)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.AdminAsync();
        var client = status == 401 ? house.Client : person.Client;

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("type").GetString().ShouldBe("/problems/" + code);
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    [Keeps("Z-093")]
    [Asvs("14.2.3")]
    public async Task Names_no_host_in_the_scripts_of_the_web_app()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var files = house.Services.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetDirectoryContents("assets").Where(file => file.Name.EndsWith(".js", StringComparison.Ordinal)).ToList();
        files.ShouldNotBeEmpty();
        // Namespaces of XML, addresses inside libraries' error texts, and the router's stand-in where there is no browser.
        string[] harmless = ["www.w3.org", "react.dev", "github.com", "mantine.dev", "localhost"];

        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file.PhysicalPath!);
            Regex.Matches(text, @"(?:https?|wss?)://([A-Za-z0-9.-]+)").Select(match => match.Groups[1].Value).Distinct().ShouldBeSubsetOf(harmless, file.Name);
            Regex.IsMatch(text, @"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d").ShouldBeFalse(file.Name);
        }
    }

    [Fact]
    public async Task Refuses_a_body_that_is_not_json()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        using var answer = await house.Client.PostAsync("/api/login", new StringContent("username=me", null, "application/x-www-form-urlencoded"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("development")]
    [InlineData("staging")]
    [InlineData("production")]
    [Keeps("B-015")]
    public async Task Answers_preflights_of_the_listed_origins_only_and_never_with_cookies(string environment)
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["ENVIRONMENT"] = environment, ["BCRYPT_ROUNDS"] = "10", ["ALLOWED_ORIGINS"] = "https://app.example.org" });
        async Task<HttpResponseMessage> PreflightAsync(string origin)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Options, "/api/conversations") { Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "authorization,content-type" } } };
            return await house.Client.SendAsync(ask);
        }

        using var listed = await PreflightAsync("https://app.example.org");
        using var foreign = await PreflightAsync("https://evil.example");

        listed.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example.org"]);
        listed.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("POST");
        listed.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization", Case.Insensitive);
        listed.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        foreign.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        Should.Throw<SettingsException>(() => SettingsLoader.Load(new Dictionary<string, string> { ["ENVIRONMENT"] = environment, ["ALLOWED_ORIGINS"] = "*" }));
    }

    [Fact]
    [Keeps("L-018")]
    [Asvs("3.4.2")]
    public async Task Lets_only_listed_origins_read_answers_and_no_foreign_page_change_anything()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["ALLOWED_ORIGINS"] = "https://app.example.org" });
        await house.AdminAsync();

        async Task<string?> AllowedAsync(string origin)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/health") { Headers = { { "Origin", origin } } };
            using var answer = await house.Client.SendAsync(ask);
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
        }

        (await AllowedAsync("https://app.example.org")).ShouldBe("https://app.example.org");
        (await AllowedAsync("https://evil.example")).ShouldBeNull();
        using var forged = new HttpRequestMessage(HttpMethod.Post, "/api/logout") { Headers = { { "Origin", "https://evil.example" } } };
        (await house.Client.SendAsync(forged)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
