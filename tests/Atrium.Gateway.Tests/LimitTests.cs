using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Tests;

/// <summary>How long a question and an answer may be, and how often a person may call.</summary>
public sealed class LimitTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    [Keeps("Z-102")]
    public async Task A_question_of_just_the_limit_goes_out_and_one_letter_more_does_not(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string>(houses.Settings) { ["MAX_PROMPT_CHARACTERS"] = "1000" }, GatewayHouses.FastTimeouts);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        await person.ChooseAsync(houses.First);
        ChatCall Question(int letters) => Talk.Call(person, mark.PadRight(letters / 2, 'x')) with
        {
            Messages =
            [
                new ChatMessage(ChatRole.System, new string('s', 5_000)), new ChatMessage(ChatRole.User, new string('u', 5_000)), new ChatMessage(ChatRole.Assistant, new string('a', 5_000)),
                new ChatMessage(ChatRole.User, [new TextContent(mark.PadRight(letters / 2, 'x')), new TextContent(new string('y', letters - (letters / 2)))]),
            ],
        };

        await house.AskAsync(Question(1_000));
        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Question(1_001)));

        houses.First.Simulation.Requests.Count(request => request.Body.Contains(mark)).ShouldBe(1);
        failure.Failure.Code.ShouldBe("prompt-too-long");
        failure.Failure.Title.ShouldContain("1,000 characters");
    }

    [Theory, BothEngines]
    [Keeps("Z-102")]
    public async Task No_call_asks_for_more_tokens_than_the_house_allows(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string>(houses.Settings) { ["MAX_OUTPUT_TOKENS"] = "500" }, GatewayHouses.FastTimeouts);
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.First, model: "sim-fast");
        async Task<int> AskedForAsync(int? tokens)
        {
            var mark = Talk.NewKey();
            await house.AskAsync(Talk.Call(person, mark) with { Options = tokens is null ? null : new ChatOptions { MaxOutputTokens = tokens } });
            return houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Json.GetProperty("max_completion_tokens").GetInt32();
        }

        (await AskedForAsync(null), await AskedForAsync(499), await AskedForAsync(500), await AskedForAsync(501), await AskedForAsync(1_000_000)).ShouldBe((500, 499, 500, 500, 500));
    }

    [Theory, BothEngines]
    [Keeps("Z-102")]
    public async Task A_provider_that_does_not_stop_is_stopped_and_billed_for_what_came(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string>(houses.Settings) { ["MAX_OUTPUT_TOKENS"] = "16" }, GatewayHouses.FastTimeouts);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        await person.ChooseAsync(houses.First, model: "gpt-5.4");
        // A piece of twenty letters, thousands of times, and no count at the end.
        var piece = "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"twenty letters, more \"}}]}\n\n";
        houses.First.Simulation.Enqueue(new Reply { ContentType = "text/event-stream", Body = string.Concat(Enumerable.Repeat(piece, 100_000)) });

        var events = await house.AskAsync(person, mark);

        events.Text().Length.ShouldBeInRange(16 * 16, (16 * 16) + 21);
        events[^1].ShouldBeOfType<ChatBilled>().StopReason.ShouldBe("length");
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().Cost.ShouldNotBeNull().ShouldBeGreaterThan(0);
        await houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Ended.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory, BothEngines]
    [Keeps("Z-102")]
    public async Task A_person_tries_keys_thirty_times_a_minute_and_no_more_and_the_next_person_is_free(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string>(houses.Settings) { ["RATE_LIMITS"] = "on" }, GatewayHouses.FastTimeouts);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        Task<(int Status, System.Text.Json.JsonElement Body)> TryAsync(TestPerson who) => who.SendAsync(HttpMethod.Post, "/api/providers/offline/test", new { });

        var answers = new List<int>();
        for (var call = 0; call < 31; call++)
            answers.Add((await TryAsync(person)).Status);

        answers.Take(30).ShouldAllBe(status => status == 200);
        answers[30].ShouldBe(429);
        (await TryAsync(other)).Status.ShouldBe(200);
    }
}
