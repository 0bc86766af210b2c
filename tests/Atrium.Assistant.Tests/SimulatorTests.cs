using System.Net;
using Atrium.Ai;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant.Tests;

/// <summary>The whole way: HTTP, gateway, engine, a provider on its real wire, and back.</summary>
public sealed class SimulatorTests : IAsyncLifetime
{
    private readonly Dictionary<DatabaseEngine, TestHouse> houses = [];
    private SimulatorHost first = null!;
    private SimulatorHost second = null!;

    public async ValueTask InitializeAsync()
    {
        first = await SimulatorHost.StartAsync();
        second = await SimulatorHost.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var house in houses.Values)
            await house.DisposeAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Theory, BothEngines]
    public async Task Stop_closes_the_providers_socket_and_the_words_said_stay(DatabaseEngine engine)
    {
        var house = await HouseAsync(engine);
        var person = await ChooseAsync(house, first);
        var conversation = await person.NewConversationAsync();
        var posted = await person.PostAsync(conversation, "sim:words=100000 sim:speed=50");
        var request = await first.Simulation.NextRequestAsync();
        using var stream = await person.StreamAsync(conversation);
        var heard = await stream.UntilAsync("delta");

        (await person.SendAsync(HttpMethod.Post, $"/api/generations/{posted.GenerationId}/stop")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await request.Ended).ShouldBe(RequestEnd.ClosedByClient);
        var shown = Shown.Of([heard, .. await stream.ToEndAsync()]);
        shown.Last!.Value.Text("status").ShouldBe("stopped");
        (await person.MessagesAsync(conversation))[1].TextOf().ShouldBe(shown.Text);
        shown.Text.ShouldNotBeEmpty();
        shown.Last!.Value.GetProperty("usage").GetProperty("outputTokens").GetInt64().ShouldBeGreaterThan(0);
    }

    [Theory, BothEngines]
    [Keeps("Z-030", "Z-038")]
    public async Task Two_people_and_two_personas_reach_their_own_providers_also_after_a_restart(DatabaseEngine engine)
    {
        var house = await HouseAsync(engine);
        var one = await ChooseAsync(house, first);
        var two = await ChooseAsync(house, second);
        await house.RestartAsync();
        one = house.WithToken(one.Token, one.Id, one.Username);
        two = house.WithToken(two.Token, two.Id, two.Username);

        foreach (var (person, simulator) in new[] { (one, first), (two, second) })
        {
            foreach (var (persona, name) in new[] { ("diszi", "You are Diszi"), ("zily", "You are Zily") })
            {
                var answered = await person.SendAsync(HttpMethod.Post, "/api/ai/chat", new { persona, message = "Who are you?" });
                answered.Status.ShouldBe(HttpStatusCode.OK, answered.Text);
                answered.Json.Text("provider").ShouldBe("openai");
                answered.Json.Text("reply").ShouldNotBeNullOrEmpty();
                var request = await NextAnswerAsync(simulator);
                request.Json.GetProperty("messages")[0].Text("content")!.ShouldStartWith(name);
            }
        }
    }

    [Theory, BothEngines]
    [Keeps("Z-039")]
    public async Task The_chain_is_provider_then_Offline_Lite_then_an_error_that_says_what_to_try(DatabaseEngine engine)
    {
        var house = await HouseAsync(engine);
        var person = await ChooseAsync(house, first);

        var answered = (await person.SendAsync(HttpMethod.Post, "/api/ai/chat", new { message = "sim:words=5" })).Json;
        var fallen = (await person.SendAsync(HttpMethod.Post, "/api/ai/chat", new { message = "sim:500 6 * 7" })).Json;
        var cut = await person.SendAsync(HttpMethod.Post, "/api/ai/chat", new { message = "sim:words=50 sim:end=2000" });

        answered.Text("provider").ShouldBe("openai");
        fallen.Text("provider").ShouldBe("offline");
        var kept = (await person.MessagesAsync(fallen.GetProperty("conversationId").GetGuid()))[1];
        kept.GetProperty("fallback").Text("provider").ShouldBe("openai");
        cut.Status.ShouldBe(HttpStatusCode.BadGateway);
        cut.Code.ShouldBe("cut-off");
    }

    [Theory, BothEngines]
    public async Task Nothing_chosen_is_answered_by_Offline_Lite(DatabaseEngine engine)
    {
        var house = await HouseAsync(engine);
        var person = await house.PersonAsync();

        var answered = (await person.SendAsync(HttpMethod.Post, "/api/ai/chat", new { message = "6 * 7" })).Json;

        answered.Text("reply")!.ShouldContain("42");
        answered.Text("provider").ShouldBe("offline");
    }

    private static async Task<RecordedRequest> NextAnswerAsync(SimulatorHost simulator)
    {
        while (true)
        {
            var request = await simulator.Simulation.NextRequestAsync();
            if (request.Body.Contains("Who are you?", StringComparison.Ordinal) && !request.Body.Contains("Write a title", StringComparison.Ordinal))
                return request;
        }
    }

    private async Task<TestHouse> HouseAsync(DatabaseEngine engine) => houses[engine] = await TestHouse.StartAsync(
        engine,
        new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = $"{first.Address.Authority},{second.Address.Authority}" },
        services => services.AddSingleton(new ProviderTimeouts { FirstByte = TimeSpan.FromSeconds(2), Silence = TimeSpan.FromSeconds(2), Retries = 0 }));

    private static async Task<TestPerson> ChooseAsync(TestHouse house, SimulatorHost simulator)
    {
        var person = await house.PersonAsync();
        var chosen = await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", apiKey = "key-" + Guid.CreateVersion7().ToString("N"), baseUrl = simulator.OpenAiBaseUrl });
        chosen.Status.ShouldBe(HttpStatusCode.OK, chosen.Text);
        return person;
    }
}
