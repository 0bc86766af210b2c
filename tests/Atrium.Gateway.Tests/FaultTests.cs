using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>Everything that goes wrong at a provider, through the whole gateway, in every dialect.</summary>
public sealed class FaultTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(30);

    private static readonly (string Word, string Code)[] BeforeTheFirstWord =
    [
        ("sim:401", "key-refused"), ("sim:403", "key-not-allowed"), ("sim:404", "model-not-found"), ("sim:400", "request-refused"), ("sim:long", "context-too-long"),
        ("sim:filter", "content-filtered"), ("sim:quota", "quota-exhausted"), ("sim:429=30", "rate-limited"), ("sim:500", "provider-unavailable"), ("sim:502", "provider-unavailable"),
        ("sim:503", "provider-unavailable"), ("sim:hang", "timed-out"), ("sim:reset", "provider-unreachable"), ("sim:html", "answer-unreadable"),
    ];

    private static readonly (string Word, string Code)[] AfterTheFirstWord =
    [
        ("sim:words=60 sim:end=2500", "cut-off"), ("sim:words=60 sim:cut=2500", "cut-off"), ("sim:words=60 sim:stall=2500", "timed-out"), ("sim:words=60 sim:error=2500", "provider-unavailable"),
    ];

    public static TheoryData<string, string, string> Before() => Of(BeforeTheFirstWord);

    public static TheoryData<string, string, string> After() => Of(AfterTheFirstWord);

    [Theory, MemberData(nameof(Before))]
    [Keeps("Z-039", "Z-045", "Z-117")]
    public async Task Offline_Lite_answers_when_the_provider_fails_before_its_first_word(string provider, string word, string code)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var (person, baseUrl, model) = await ChosenAsync(house, provider);

        var events = await house.AskAsync(person, word + " 6 * 7");
        var strict = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, word, fallback: false)));

        var routes = events.OfType<ChatRouted>().ToList();
        routes.Select(route => $"{route.Provider}/{route.Model}").ShouldBe([$"{provider}/{model}", "offline/offline-lite"]);
        routes[1].FellBackFrom!.Code.ShouldBe(code);
        events.Text().ShouldNotBeEmpty();
        events[^1].ShouldBeOfType<ChatBilled>().Cost.ShouldBe(0);
        strict.Failure.Code.ShouldBe(code);
        strict.Failure.ShouldBe(routes[1].FellBackFrom);
        strict.Failure.Title.ShouldNotContain(new Uri(baseUrl).Authority);
        strict.Failure.Title.ShouldEndWith(".");
        strict.Bill.ShouldBeNull();
        (await house.LedgerAsync(person)).Select(row => row.Provider).ShouldBe(["offline"]);
        await AllEndedAsync(houses.First);
    }

    [Theory, MemberData(nameof(After))]
    [Keeps("Z-039")]
    public async Task What_came_before_a_fault_is_kept_and_billed_once_and_nobody_else_answers(string provider, string words, string code)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var (person, _, _) = await ChosenAsync(house, provider);
        var heard = new List<ChatEvent>();

        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.HearAsync(Talk.Call(person, words), heard));

        failure.Failure.Code.ShouldBe(code);
        heard.Text().ShouldNotBeEmpty();
        heard.OfType<ChatRouted>().ShouldHaveSingleItem();
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            row => row.Status.ShouldBe("failed"),
            row => row.Provider.ShouldBe(provider),
            row => row.Cost.ShouldBe(failure.Bill!.Cost),
            row => row.OutputTokens.ShouldBe(failure.Bill!.Usage.Output),
            row => row.OutputTokens.ShouldBeGreaterThan(0));
        await AllEndedAsync(houses.First);
    }

    [Theory, BothEngines]
    [Keeps("Z-039")]
    public async Task A_question_that_was_read_and_then_refused_is_billed_and_nobody_else_is_asked(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, _, _) = await ChosenAsync(house, "google-gemini");

        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(person, "sim:filter"));

        failure.Failure.Code.ShouldBe("content-filtered");
        failure.Bill!.Usage.Input.ShouldBeGreaterThan(0);
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(row => row.Status.ShouldBe("failed"), row => row.Cost.ShouldBe(failure.Bill.Cost));
    }

    /// <summary>Ollama has no filter. Gemini's counts what it read before it refuses.</summary>
    private static bool Differs(string provider, string word) => (provider, word) is ("ollama-cloud" or "google-gemini", "sim:filter");

    /// <summary>No request of the house is still open at the simulator.</summary>
    private static Task AllEndedAsync(SimulatorHost simulator) =>
        Task.WhenAll(simulator.Simulation.Requests.Select(request => request.Ended)).WaitAsync(Closing);

    private async Task<(TestPerson Person, string BaseUrl, string Model)> ChosenAsync(TestHouse house, string provider)
    {
        var person = await house.PersonAsync();
        var (baseUrl, model) = (SimulatedDialects.BaseUrlOf(ProviderCatalogue.Default.Find(provider)!, houses.First), SimulatedDialects.ModelOf(provider));
        await person.ChooseAsync(new { provider, model, apiKey = Talk.NewKey(), name = "Old shop key", baseUrl });
        return (person, baseUrl, model);
    }

    private static TheoryData<string, string, string> Of((string Word, string Code)[] faults)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var provider in SimulatedDialects.Providers)
        {
            foreach (var (word, code) in faults.Where(fault => !Differs(provider, fault.Word)))
                data.Add(provider, word, code);
        }
        return data;
    }
}
