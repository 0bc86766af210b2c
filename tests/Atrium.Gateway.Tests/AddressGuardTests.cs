using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atrium.Contracts.Gateway;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>What people type as an address of a provider. Names resolve in the test, nothing is dialled.</summary>
public sealed partial class AddressGuardTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Public = "https://public.example/v1";

    private static readonly IReadOnlyList<string> Spellings =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpora", "refused-addresses.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => JsonSerializer.Deserialize<string>('"' + line + '"')!),
    ];

    /// <summary>Every way an address comes in.</summary>
    private static readonly (HttpMethod Method, string Path, Func<string, object> Body)[] Ways =
    [
        (HttpMethod.Put, "/api/user/ai-provider", url => new { provider = "openai", apiKey = "canary-key", baseUrl = url }),
        (HttpMethod.Post, "/api/user/ai-provider", url => new { provider = "openai", apiKey = "canary-key", baseUrl = url }),
        (HttpMethod.Put, "/api/user/ai-provider", url => new { provider = "openai-compatible", baseUrl = url, model = "m" }),
        (HttpMethod.Put, "/api/user/ai-provider", url => new { provider = "openai", apiKey = "canary-key", settings = new { baseUrl = url } }),
        (HttpMethod.Post, "/api/provider-keys", url => new { provider = "openai", apiKey = "canary-key", baseUrl = url }),
        (HttpMethod.Post, "/api/provider-keys", url => new { provider = "huggingface", apiKey = "canary-key", settings = new { endpointUrl = url } }),
        (HttpMethod.Post, "/api/providers/openai/test", url => new { apiKey = "canary-key", baseUrl = url }),
        (HttpMethod.Post, "/api/providers/huggingface/test", url => new { apiKey = "canary-key", settings = new { endpointUrl = url } }),
    ];

    [Theory, BothEngines]
    [Keeps("Z-117")]
    public async Task No_spelling_of_a_private_address_is_dialled_and_all_are_answered_alike(DatabaseEngine engine)
    {
        var network = new WatchedNetwork();
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, network.Use);
        var person = await house.PersonAsync();
        Spellings.Count.ShouldBeGreaterThanOrEqualTo(250);

        foreach (var (method, path, body) in Ways)
        {
            var answers = new Dictionary<string, List<string>>();
            foreach (var spelling in Spellings)
            {
                var (status, answer) = await person.SendAsync(method, path, body(spelling));
                answers.TryAdd($"{status} {TraceId().Replace(answer.ToString(), "")}", []);
                answers[$"{status} {TraceId().Replace(answer.ToString(), "")}"].Add(spelling);
            }

            answers.Keys.ShouldHaveSingleItem(string.Join('\n', answers.OrderBy(pair => pair.Value.Count).Select(pair => $"{method} {path}: {pair.Key}\n  {string.Join("\n  ", pair.Value.Take(20))}")))
                .ShouldContain("address-refused");
        }
        network.Dialled.ShouldBeEmpty();
        (await person.GetAsync("/api/provider-keys")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await person.GetAsync("/api/user/ai-provider")).GetProperty("chosen").GetBoolean().ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task A_public_address_is_saved_and_only_the_address_that_was_checked_is_dialled(DatabaseEngine engine)
    {
        var network = new WatchedNetwork();
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, network.Use);
        var person = await house.PersonAsync();

        foreach (var (method, path, body) in Ways.Where(way => !way.Path.EndsWith("/test", StringComparison.Ordinal)))
            (await person.SendAsync(method, path, body(Public))).Status.ShouldBeOneOf(200, 201);
        network.Dialled.ShouldBeEmpty("to save is not to call");
        var (_, tested) = await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = "canary-key", baseUrl = Public });

        tested.GetProperty("code").GetString().ShouldBe("provider-unreachable");
        network.Dialled.Distinct().ShouldBe([new IPEndPoint(IPAddress.Parse("93.184.216.34"), 443)]);
    }

    [Theory, BothEngines]
    [Keeps("Z-117")]
    public async Task A_name_that_turns_private_after_it_was_saved_is_refused_like_one_that_always_was(DatabaseEngine engine)
    {
        var network = new WatchedNetwork();
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, network.Use);
        var person = await house.PersonAsync();
        var lookups = 0;
        network.Answers = name => name == "rebinding.example" ? Interlocked.Increment(ref lookups) == 1 ? ["93.184.216.34"] : ["127.0.0.1"] : null;

        var keyId = (await person.ChooseAsync(new { provider = "openai", apiKey = Talk.NewKey(), baseUrl = "https://rebinding.example/v1" })).GetProperty("keyId").GetGuid();
        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, "hello", fallback: false)));
        var models = await person.GetAsync("/api/models");
        var (_, later) = await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { keyId });
        var (_, always) = await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = Talk.NewKey(), baseUrl = "https://inside.example/v1" });
        network.Answers = _ => null;
        var (_, gone) = await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { keyId });

        failure.Failure.Code.ShouldBe("address-refused");
        failure.Failure.Title.ShouldNotContain("rebinding.example");
        models.GetProperty("unreachable")[0].GetProperty("code").GetString().ShouldBe("address-refused");
        later.ToString().ShouldBe(always.ToString());
        gone.ToString().ShouldBe(always.ToString());
        network.Dialled.ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_catalogue_address_that_does_not_resolve_is_out_of_reach_and_its_key_is_kept(DatabaseEngine engine)
    {
        var network = new WatchedNetwork();
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, network.Use);
        var person = await house.PersonAsync();

        await person.ChooseAsync(new { provider = "openai", apiKey = Talk.NewKey() });
        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, "hello", fallback: false)));

        failure.Failure.Code.ShouldBe("provider-unreachable");
        (await person.GetAsync("/api/provider-keys")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task A_setting_cannot_move_a_call_to_another_host(DatabaseEngine engine)
    {
        var network = new WatchedNetwork();
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, network.Use);
        var person = await house.PersonAsync();

        foreach (var endpointId in new[] { "127.0.0.1/", "../../x", "a@127.0.0.1", "a?b", "a#b", "a\\b", "a%2fb", "\u0661", "a b", new string('a', 101) })
        {
            var (status, body) = await person.SendAsync(HttpMethod.Post, "/api/provider-keys", new { provider = "runpod", apiKey = Talk.NewKey(), settings = new { endpointId } });
            status.ShouldBe(400, endpointId);
            body.GetProperty("errors").TryGetProperty("settings.endpointId", out _).ShouldBeTrue(endpointId + body);
        }
        network.Dialled.ShouldBeEmpty();
    }

    [Theory, BothEngines]
    [Keeps("Z-117")]
    public async Task A_redirect_is_never_followed(DatabaseEngine engine)
    {
        var key = Talk.NewKey();
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            await using var redirecting = await Simulators.SimulatorHost.StartAsync(simulation: new Simulators.Simulation
            {
                Default = new Simulators.Reply { Status = status, Body = "", Headers = new Dictionary<string, string> { ["Location"] = houses.Second.OpenAiBaseUrl + "/chat/completions" } },
            });
            var settings = new Dictionary<string, string>(houses.Settings) { ["ATRIUM_PRIVATE_HOSTS"] = redirecting.Address.Authority + "," + houses.Second.Address.Authority };
            await using var house = await TestHouse.StartAsync(engine, settings, GatewayHouses.FastTimeouts);
            var person = await house.PersonAsync();
            await person.ChooseAsync(redirecting, key: key);

            await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, "hello", fallback: false)));
            await person.GetAsync("/api/models");
            await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = key, baseUrl = redirecting.OpenAiBaseUrl });

            redirecting.Simulation.Requests.ShouldContain(request => request.Headers["Authorization"].Contains(key));
        }
        houses.Second.Simulation.Requests.ShouldNotContain(request => request.Headers.Values.Any(value => value.Contains(key)) || request.Body.Contains(key));
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex TraceId();
}
