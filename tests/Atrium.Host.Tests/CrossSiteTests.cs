using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Host.Tests;

/// <summary>What pages of other sites can make a signed-in person's browser send, to every route that changes something.</summary>
[Keeps("B-100")]
public sealed class CrossSiteTests
{
    /// <summary>What browsers say of where a request comes from. Each alone is enough to refuse it.</summary>
    private static (string Header, string Value)[] Senders(Uri own) =>
    [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", $"{own.Scheme}://{own.Host}.evil.example:{own.Port}"),
        ("Origin", $"{own.Scheme}://evil-{own.Host}:{own.Port}"),
        ("Origin", $"{own.Scheme}://{own.Host}:{own.Port + 1}"),
        ("Origin", $"https://{own.Host}:{own.Port}"),
        ("Origin", $"{own.Scheme}://{own.Host}@evil.example"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ];

    [Fact]
    [Asvs("3.5.1", "3.5.2")]
    public async Task No_form_or_fetch_of_another_site_changes_anything()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();
        var routes = MatrixRoute.All(house).Where(route => route.Method is not ("GET" or "HEAD" or "OPTIONS")).ToList();
        routes.Count.ShouldBeGreaterThan(40);
        var before = await StateAsync(house);
        var wrong = new List<string>();

        foreach (var route in routes)
        {
            foreach (var (header, value) in Senders(house.Address))
            {
                foreach (var content in Bodies())
                {
                    using var request = AsBrowser(admin, new HttpMethod(route.Method), route.Address(MatrixRoute.AnyValues), header, value);
                    request.Content = content;
                    using var answer = await house.Client.SendAsync(request);
                    if (!await IsRefusedAsync(route, answer))
                        wrong.Add($"{route} with {header}: {value}: {(int)answer.StatusCode}");
                }
            }
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong.Take(20)));
        (await StateAsync(house)).ShouldBe(before);
    }

    /// <summary>Programs' endpoints look at no cookie: whoever brings no key is a stranger there, from wherever they come.</summary>
    private static async Task<bool> IsRefusedAsync(MatrixRoute route, HttpResponseMessage answer) =>
        route.ToString().Contains(" /v1/", StringComparison.Ordinal)
            ? answer.StatusCode == HttpStatusCode.Unauthorized
            : answer.StatusCode == HttpStatusCode.Forbidden && (await answer.Content.ReadAsStringAsync()).Contains("\"cross-site\"", StringComparison.Ordinal);

    [Fact]
    [Asvs("3.5.3")]
    public async Task No_navigation_from_another_site_changes_anything()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();
        var before = await StateAsync(house);

        foreach (var route in MatrixRoute.All(house).Select(route => route.Address(MatrixRoute.AnyValues)).Distinct())
        {
            using var request = AsBrowser(admin, HttpMethod.Get, route, "Sec-Fetch-Site", "cross-site");
            request.Headers.Add("Sec-Fetch-Mode", "navigate");
            using var answer = await house.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            ((int)answer.StatusCode).ShouldBeLessThan(500, route);
        }

        (await StateAsync(house)).ShouldBe(before);
    }

    [Fact]
    [Asvs("4.4.2")]
    public async Task No_page_of_another_site_opens_a_socket_with_the_persons_cookie()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();
        string?[] origins = [.. Senders(house.Address).Where(sender => sender.Header == "Origin").Select(sender => sender.Value), null];

        foreach (var route in new[] { "/hubs/community", "/api/me", "/api/house", "/ready" })
        {
            foreach (var origin in origins)
            {
                using var request = AsBrowser(admin, HttpMethod.Get, route, "Sec-Fetch-Mode", "websocket");
                request.Headers.Connection.Add("Upgrade");
                request.Headers.Upgrade.ParseAdd("websocket");
                request.Headers.Add("Sec-WebSocket-Version", "13");
                request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
                if (origin is not null)
                    request.Headers.Add("Origin", origin);
                using var answer = await house.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{route} {origin}");
            }
        }
    }

    [Fact]
    public async Task The_houses_own_page_and_a_program_may()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();
        Task<HttpResponseMessage> ChangeAsync(string header, string value)
        {
            var request = AsBrowser(admin, HttpMethod.Patch, "/api/me/preferences", header, value);
            request.Content = JsonContent.Create(new { theme = "dark" });
            return house.Client.SendAsync(request);
        }

        foreach (var (header, value) in new[] { ("Origin", $"http://localhost:{house.Address.Port}"), ("Sec-Fetch-Site", "same-origin"), ("X-None", "1") })
        {
            using var answer = await ChangeAsync(header, value);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, value);
        }
    }

    /// <summary>What a form can send without asking first, and what a script can.</summary>
    private static IEnumerable<HttpContent> Bodies() =>
    [
        new FormUrlEncodedContent([KeyValuePair.Create("name", "evil")]),
        new StringContent("{\"name\":\"evil\"}", Encoding.UTF8, "text/plain"),
        new StringContent("{\"name\":\"evil\"}", Encoding.UTF8, "application/json"),
    ];

    private static HttpRequestMessage AsBrowser(TestPerson person, HttpMethod method, string address, string header, string value)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Cookie", $"__Host-atrium={person.Token}");
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }

    /// <summary>A digest of every row of the house.</summary>
    private static async Task<string> StateAsync(TestHouse house)
    {
        var database = house.Services.GetRequiredService<Database>();
        var text = new StringBuilder();
        foreach (var table in await database.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name", null, default))
        {
            var rows = await database.QueryAsync<object>($"SELECT * FROM \"{table}\"", null, default);
            text.Append(table).Append(rows.Count);
            foreach (IDictionary<string, object?> row in rows.Cast<IDictionary<string, object?>>())
                text.AppendJoin('|', row.Values.Select(cell => cell is byte[] bytes ? Convert.ToHexString(bytes) : cell));
        }
        text.Length.ShouldBeGreaterThan(1_000);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
