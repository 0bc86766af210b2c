using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>What people type as an address of a provider. Names resolve in the test, nothing is dialled.</summary>
public sealed class AddressGuardTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["localhost"] = ["127.0.0.1", "::1"],
        ["localhost."] = ["127.0.0.1"],
        ["metadata.google.internal"] = ["169.254.169.254"],
        ["half.example"] = ["93.184.216.34", "10.0.0.5"],
        ["inside.example"] = ["192.168.1.10"],
        ["nat64.example"] = ["64:ff9b::a9fe:a9fe"],
        ["mapped.example"] = ["::ffff:10.0.0.1"],
        ["unique-local.example"] = ["fd00::1"],
        ["carrier.example"] = ["100.64.0.1"],
    };

    private static readonly string[] Spellings =
    [
        "https://127.0.0.1/v1", "https://127.1/v1", "https://2130706433/v1", "https://0x7f000001/v1", "https://0177.0.0.1/v1", "https://0/v1", "https://localhost/v1", "https://LOCALHOST./v1",
        "https://[::1]/v1", "https://[::]/v1", "https://[::ffff:127.0.0.1]/v1", "https://[::ffff:a9fe:a9fe]/v1", "https://[64:ff9b::7f00:1]/v1", "https://[fe80::1]/v1", "https://[fd00::1]/v1",
        "https://10.0.0.1/v1", "https://172.16.0.1/v1", "https://192.168.0.1/v1", "https://169.254.169.254/latest/meta-data", "https://metadata.google.internal/v1", "https://100.64.0.1/v1",
        "https://192.0.2.1/v1", "https://198.18.0.1/v1", "https://224.0.0.1/v1", "https://255.255.255.255/v1", "https://half.example/v1", "https://inside.example/v1", "https://nat64.example/v1",
        "https://mapped.example/v1", "https://unique-local.example/v1", "https://carrier.example/v1", "https://127.0.0.1:6379/v1", "https://１２７.0.0.1/v1",
        "http://127.0.0.1/v1", "http://93.184.216.34/v1", "http://inside.example/v1", "http://[::1]:11434/v1",
    ];

    private static readonly string[] Malformed =
    [
        "ftp://example.org/v1", "file:///etc/passwd", "gopher://127.0.0.1/", "//example.org/v1", "example.org", "https://", "https://user:secret@example.org/v1", "https://example.org/v1?x=1", "https://example.org/#x", "javascript:alert(1)",
    ];

    [Theory, BothEngines]
    [Keeps("Z-117")]
    public async Task No_spelling_of_a_private_address_is_dialled_and_all_are_answered_alike(DatabaseEngine engine)
    {
        var dialled = new ConcurrentBag<IPEndPoint>();
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services => Guard(services, dialled));
        var person = await house.PersonAsync();

        var tested = new List<string>();
        foreach (var baseUrl in Spellings)
        {
            var (status, body) = await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = Talk.NewKey(), baseUrl });
            status.ShouldBe(200, baseUrl + body);
            tested.Add($"{body.GetProperty("works")} {body.GetProperty("code")} {body.GetProperty("title")}");
        }

        tested.Distinct().ShouldHaveSingleItem().ShouldStartWith("False address-refused");
        dialled.ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_saved_private_address_is_refused_when_it_is_called_and_plain_http_is_not_saved(DatabaseEngine engine)
    {
        var dialled = new ConcurrentBag<IPEndPoint>();
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services => Guard(services, dialled));
        var person = await house.PersonAsync();

        var (plain, problem) = await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", apiKey = Talk.NewKey(), baseUrl = "http://93.184.216.34/v1" });
        await person.ChooseAsync(new { provider = "openai", apiKey = Talk.NewKey(), baseUrl = "https://inside.example/v1" });
        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, "hello", fallback: false)));
        var models = await person.GetAsync("/api/models");

        plain.ShouldBe(400);
        problem.GetProperty("code").GetString().ShouldBe("address-refused");
        failure.Failure.Code.ShouldBe("address-refused");
        failure.Failure.Title.ShouldNotContain("inside.example");
        models.GetProperty("unreachable")[0].GetProperty("code").GetString().ShouldBe("address-refused");
        dialled.ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task What_is_not_an_address_is_a_field_error(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        foreach (var baseUrl in Malformed)
        {
            var (status, body) = await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", apiKey = Talk.NewKey(), baseUrl });
            status.ShouldBe(400, baseUrl);
            body.GetProperty("errors").TryGetProperty("baseUrl", out _).ShouldBeTrue(baseUrl + body);
            body.ToString().ShouldNotContain("secret");
        }
    }

    [Theory, BothEngines]
    public async Task A_redirect_is_not_followed(DatabaseEngine engine)
    {
        var key = Talk.NewKey();
        await using var redirecting = await Simulators.SimulatorHost.StartAsync(simulation: new Simulators.Simulation
        {
            Default = new Simulators.Reply { Status = 307, Body = "", Headers = new Dictionary<string, string> { ["Location"] = houses.Second.OpenAiBaseUrl + "/chat/completions" } },
        });
        var settings = new Dictionary<string, string>(houses.Settings) { ["ATRIUM_PRIVATE_HOSTS"] = redirecting.Address.Authority + "," + houses.Second.Address.Authority };
        await using var house = await TestHouse.StartAsync(engine, settings, GatewayHouses.FastTimeouts);
        var person = await house.PersonAsync();
        await person.ChooseAsync(redirecting, key: key);

        await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, "hello", fallback: false)));

        redirecting.Simulation.Requests.ShouldContain(request => request.Headers["Authorization"].Contains(key));
        houses.Second.Simulation.Requests.ShouldNotContain(request => request.Headers.ContainsKey("Authorization") && request.Headers["Authorization"].Contains(key));
    }

    private static void Guard(IServiceCollection services, ConcurrentBag<IPEndPoint> dialled) =>
        services.AddSingleton(provider => new GuardedHttp(
            provider.GetRequiredService<HouseSettings>(),
            (host, _) => Names.TryGetValue(host, out var addresses) ? Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()) : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
            (endPoint, _) =>
            {
                dialled.Add(endPoint);
                return Task.FromException<Stream>(new SocketException((int)SocketError.ConnectionRefused));
            }));
}
