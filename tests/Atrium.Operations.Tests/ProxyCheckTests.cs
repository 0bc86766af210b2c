using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Operations.Tests;

public sealed class ProxyCheckTests(HousePair houses) : IClassFixture<HousePair>
{
    [Fact]
    public async Task Only_an_admin_sees_what_the_server_sees()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        foreach (var path in new[] { "/api/admin/proxy-check", "/api/admin/proxy-check/stream", "/api/admin/proxy-check/socket" })
        {
            (await house.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await (await house.PersonAsync()).Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Theory]
    [InlineData(null, null, null, "good", "good", "127.0.0.1")]
    [InlineData(null, "203.0.113.9", "https", "bad", "good", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.9", "http", "good", "good", "203.0.113.9")]
    [InlineData("127.0.0.1", "203.0.113.9", "https", "good", "bad", "203.0.113.9")]
    [Keeps("Z-115")]
    public async Task Says_whether_the_proxy_is_believed_and_the_scheme_fits(string? trusted, string? forwardedFor, string? forwardedScheme, string forwarded, string scheme, string address)
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, trusted is null ? null : new Dictionary<string, string> { ["TRUSTED_PROXIES"] = trusted });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/admin/proxy-check");
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
            request.Headers.Add("X-Forwarded-Proto", forwardedScheme);
        }

        using var answer = await (await house.AdminAsync()).Client.SendAsync(request);

        var seen = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var verdicts = seen.GetProperty("findings").EnumerateArray().ToDictionary(finding => finding.GetProperty("code").GetString()!, finding => finding.GetProperty("verdict").GetString());
        verdicts["forwarded"].ShouldBe(forwarded);
        verdicts["scheme"].ShouldBe(scheme);
        seen.GetProperty("address").GetString()!.ShouldEndWith(address);
    }

    [Fact]
    public async Task Streams_five_events_and_opens_a_socket()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();

        var stream = await admin.Client.GetStringAsync("/api/admin/proxy-check/stream");
        using var socket = await ConnectAsync(house, admin.Token, null);
        var closed = await socket.ReceiveAsync(new byte[16], default);

        stream.Split("data: ").Length.ShouldBe(6);
        closed.MessageType.ShouldBe(WebSocketMessageType.Close);
        (await admin.Client.GetAsync("/api/admin/proxy-check/socket")).StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData(null)]
    public async Task Refuses_a_socket_that_another_site_or_nobody_says_it_opens_with_a_cookie(string? origin)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();

        var refused = await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(house, null, origin, "__Host-atrium=" + admin.Token));

        refused.Message.ShouldContain("403");
    }

    [Fact]
    public async Task Opens_a_socket_with_a_cookie_from_its_own_page()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        using var socket = await ConnectAsync(house, null, house.Address.GetLeftPart(UriPartial.Authority), "__Host-atrium=" + (await house.AdminAsync()).Token);

        socket.State.ShouldBe(WebSocketState.Open);
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestHouse house, string? token, string? origin, string? cookie = null)
    {
        var socket = new ClientWebSocket();
        if (token is not null)
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        if (cookie is not null)
            socket.Options.SetRequestHeader("Cookie", cookie);
        await socket.ConnectAsync(new UriBuilder(house.Address) { Scheme = "ws", Path = "/api/admin/proxy-check/socket" }.Uri, default);
        return socket;
    }
}
