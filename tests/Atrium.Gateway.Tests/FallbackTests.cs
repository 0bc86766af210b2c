using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class FallbackTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    [Keeps("Z-039")]
    public async Task A_refused_key_is_named_with_its_status_and_the_question_is_kept(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await person.ChooseAsync(new { provider = "openai", apiKey = "bad-" + Talk.NewKey(), name = "Old shop key", baseUrl = houses.First.OpenAiBaseUrl });

        var events = await house.AskAsync(person, "hello");

        var failure = events.OfType<ChatRouted>().Last().FellBackFrom!;
        failure.Title.ShouldStartWith("OpenAI refused 'Old shop key' (401). Your question is kept.");
        failure.Values.ShouldBe(new ChatFailureValues("OpenAI", "Old shop key", 401));
    }

    [Theory, BothEngines]
    [Keeps("Z-039")]
    public async Task After_the_first_word_the_answer_is_kept_billed_and_not_replaced(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.First, model: "gpt-5.4");
        var heard = new List<ChatEvent>();

        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.HearAsync(Talk.Call(person, "sim:words=50 sim:end=2000"), heard));

        failure.Failure.Code.ShouldBe("cut-off");
        heard.Text().ShouldNotBeEmpty();
        heard.OfType<ChatRouted>().ShouldHaveSingleItem();
        failure.Bill!.Usage.IsEstimated.ShouldBeTrue();
        failure.Bill.Usage.Output.ShouldBeGreaterThan(0);
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            row => row.Status.ShouldBe("failed"),
            row => row.Cost.ShouldBe(failure.Bill.Cost),
            row => row.OutputTokens.ShouldBe(failure.Bill.Usage.Output));
    }

    [Theory, BothEngines]
    [Keeps("H-040")]
    public async Task An_overloaded_provider_is_asked_again_and_billed_once_and_one_without_credit_is_not(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var settings = new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority };
        await using var house = await TestHouse.StartAsync(engine, settings, GatewayHouses.FastTimeouts);
        var person = await house.PersonAsync();
        await person.ChooseAsync(simulator, model: "gpt-5.4");

        simulator.Simulation.Enqueue(new Reply { Fault = Fault.Overloaded, RetryAfter = "0" }, new Reply { Text = "Here." });
        var answer = (await house.AskAsync(person, "hello")).Text();
        var asked = simulator.Simulation.Requests.Count;
        simulator.Simulation.Enqueue(new Reply { Fault = Fault.QuotaExhausted });
        await house.AskAsync(person, "hello");

        answer.ShouldBe("Here.");
        asked.ShouldBe(2);
        simulator.Simulation.Requests.Count.ShouldBe(3);
        (await house.LedgerAsync(person)).Count(row => row.Provider == "openai").ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Stopping_closes_the_providers_socket_and_bills_what_was_used(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        await person.ChooseAsync(houses.First, model: "gpt-5.4");
        using var stop = new CancellationTokenSource();
        var words = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await using var scope = house.Services.CreateAsyncScope();
            await foreach (var happening in scope.ServiceProvider.GetRequiredService<IChatGateway>().StreamAsync(Talk.Call(person, mark + " sim:words=500 sim:speed=50"), stop.Token))
            {
                if (happening is ChatUpdated && ++words == 3)
                    await stop.CancelAsync();
            }
        });

        var request = houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark));
        (await request.Ended.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe(RequestEnd.ClosedByClient);
        var row = (await house.LedgerAsync(person)).ShouldHaveSingleItem();
        row.Status.ShouldBe("cancelled");
        row.Estimated.ShouldBeTrue();
        row.OutputTokens.ShouldBeInRange(1, 20);
        row.Cost.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Theory, BothEngines]
    public async Task Whoever_lets_go_of_an_answer_is_billed_once(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.First, model: "gpt-5.4");

        await using (var scope = house.Services.CreateAsyncScope())
        {
            await foreach (var happening in scope.ServiceProvider.GetRequiredService<IChatGateway>().StreamAsync(Talk.Call(person, "sim:words=500 sim:speed=50"), default))
            {
                if (happening is ChatUpdated)
                    break;
            }
        }

        (await house.LedgerAsync(person)).ShouldHaveSingleItem().Status.ShouldBe("cancelled");
    }

    [Theory, BothEngines]
    public async Task A_question_over_the_limit_goes_nowhere(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        await person.ChooseAsync(houses.First);

        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(person, mark + new string('x', 100_000)));

        failure.Failure.Code.ShouldBe("prompt-too-long");
        failure.Failure.Title.ShouldContain("100,000");
        houses.First.Simulation.Requests.ShouldNotContain(request => request.Body.Contains(mark));
        (await house.LedgerAsync(person)).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task Offline_Lite_quotes_what_every_module_finds_for_this_person(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services =>
            services.AddSingleton<IPassageSource>(new Notes("Kiln notes", "The kiln fires at 1240 degrees.")).AddSingleton<IPassageSource>(new Notes("Glaze notes", "The kiln likes a slow cone.")));
        var person = await house.PersonAsync();

        var answer = (await house.AskAsync(person, "what do my notes say about the kiln")).Text();

        answer.ShouldContain("1240 degrees");
        Notes.Asked.ShouldContain(person.Id);
    }

    private sealed class Notes(string title, string text) : IPassageSource
    {
        public static System.Collections.Concurrent.ConcurrentBag<Guid> Asked { get; } = [];

        public Task<IReadOnlyList<OwnPassage>> FindAsync(Guid personId, string question, int limit, CancellationToken cancellation)
        {
            Asked.Add(personId);
            return Task.FromResult<IReadOnlyList<OwnPassage>>([new OwnPassage(title, text)]);
        }
    }
}
