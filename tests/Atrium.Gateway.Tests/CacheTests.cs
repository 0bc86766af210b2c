using System.Text.Json;
using Atrium.Gateway.Ledger;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class CacheTests(OwnSimulator own) : IClassFixture<OwnSimulator>
{
    private const string Path = "/v1/chat/completions";
    private const string Route = "/api/costs/cache";

    private TestHouse House => own.House;

    private Simulation Simulation => own.Simulator.Simulation;

    [Fact]
    [Keeps("B-060", "B-113")]
    public async Task Asks_once_for_a_thousand_equal_questions_at_the_same_time()
    {
        const int Count = 1_000;
        var (person, secret) = await StartAsync();
        await person.SendAsync(HttpMethod.Put, Route, new { enabled = true });
        var mark = Talk.NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => SayAsync(secret, Question(mark))));

        answers.Select(answer => answer.Status).Distinct().ShouldBe([200]);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem().ShouldContain("choices");
        answers.Count(answer => answer.Cache == "miss").ShouldBe(1);
        answers.Count(answer => answer.Cache == "hit").ShouldBe(Count - 1);
        Simulation.Requests.Count(request => request.Body.Contains(mark, StringComparison.Ordinal)).ShouldBe(1);
        var rows = await House.LedgerAsync(person);
        rows.Count(row => row.Status == "complete").ShouldBe(1);
        rows.Where(row => row.Status == "cached").ShouldAllBe(row => row.Cost == 0m && row.InputTokens == 0);
        var paid = rows.Single(row => row.Status == "complete").Cost!.Value;
        var state = (await person.SendAsync(HttpMethod.Get, Route)).Body;
        decimal.Parse(state.GetProperty("saved").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(paid * (Count - 1));
        (state.GetProperty("hits").GetInt64(), state.GetProperty("misses").GetInt64(), state.GetProperty("entries").GetInt32()).ShouldBe((Count - 1, 1, 1));
    }

    [Fact]
    public async Task Never_gives_one_person_what_another_one_asked()
    {
        var (first, firstKey) = await StartAsync();
        var (second, secondKey) = await StartAsync();
        var mark = Talk.NewKey();

        (await SayAsync(firstKey, Question(mark), "on")).Cache.ShouldBe("miss");
        (await SayAsync(secondKey, Question(mark), "on")).Cache.ShouldBe("miss");
        (await SayAsync(firstKey, Question(mark), "on")).Cache.ShouldBe("hit");

        Simulation.Requests.Count(request => request.Body.Contains(mark, StringComparison.Ordinal)).ShouldBe(2);
        (await second.SendAsync(HttpMethod.Delete, Route)).Status.ShouldBe(204);
        (await SayAsync(firstKey, Question(mark), "on")).Cache.ShouldBe("hit");
        (await first.SendAsync(HttpMethod.Delete, Route)).Status.ShouldBe(204);
        (await SayAsync(firstKey, Question(mark), "on")).Cache.ShouldBe("miss");
    }

    [Fact]
    public async Task Is_off_until_somebody_wants_it_and_only_for_what_leaves_nothing_to_chance()
    {
        var (person, secret) = await StartAsync();
        var question = Question(Talk.NewKey());

        (await SayAsync(secret, question)).Cache.ShouldBeNull();
        (await SayAsync(secret, Question(Talk.NewKey(), temperature: null), "on")).Cache.ShouldBe("off");
        (await SayAsync(secret, Question(Talk.NewKey(), temperature: 0.1), "on")).Cache.ShouldBe("off");
        (await SayAsync(secret, question, "on")).Cache.ShouldBe("miss");
        (await SayAsync(secret, question)).Cache.ShouldBeNull();
        (await person.SendAsync(HttpMethod.Put, Route, new { enabled = true, hours = 1 })).Status.ShouldBe(200);
        (await SayAsync(secret, question)).Cache.ShouldBe("hit");
        (await SayAsync(secret, question, "off")).Cache.ShouldBe("off");
        (await SayAsync(secret, question, "refresh")).Cache.ShouldBe("miss");
        (await person.SendAsync(HttpMethod.Put, Route, new { enabled = false })).Body.GetProperty("entries").GetInt32().ShouldBe(0);
        (await SayAsync(secret, question)).Cache.ShouldBeNull();
        (await person.SendAsync(HttpMethod.Put, Route, new { enabled = true, hours = 0 })).Status.ShouldBe(400);
        (await person.SendAsync(HttpMethod.Put, Route, new { enabled = true, hours = 721 })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Gives_a_stream_again_and_keeps_no_failure()
    {
        var (_, secret) = await StartAsync();
        var question = Question(Talk.NewKey(), stream: true);

        var first = await SayAsync(secret, question, "on");
        var again = await SayAsync(secret, question, "on");
        var broken = Question(Talk.NewKey());
        Simulation.Enqueue(new Reply { Fault = Fault.QuotaExhausted });
        var failed = await SayAsync(secret, broken, "on");

        (first.Cache, again.Cache).ShouldBe(("miss", "hit"));
        again.Text.ShouldBe(first.Text);
        again.Type.ShouldBe("text/event-stream");
        failed.Status.ShouldBe(429);
        Simulation.Clear();
        (await SayAsync(secret, broken, "on")).Cache.ShouldBe("miss");
    }

    [Fact]
    public async Task Judges_a_key_before_it_gives_it_anything()
    {
        var (person, secret) = await StartAsync();
        var narrow = (await person.MakeApiKeyAsync(new { name = "narrow", models = new[] { "openai/gpt-5.4-nano" } })).Secret;
        var question = Question(Talk.NewKey());

        (await SayAsync(secret, question, "on")).Cache.ShouldBe("miss");
        var refused = await SayAsync(narrow, question, "on");

        (refused.Status, refused.Cache).ShouldBe((403, "off"));
    }

    /// <summary>A folder that is indexed twice with a tenth of it changed, and a check of thirty questions that runs after each of four changes to two of them.</summary>
    [Fact]
    [Keeps("B-113")]
    public async Task Answers_more_than_half_of_a_workload_that_repeats_itself()
    {
        var (person, secret) = await StartAsync();
        await person.SendAsync(HttpMethod.Put, Route, new { enabled = true });
        var mark = Talk.NewKey();

        for (var run = 0; run < 2; run++)
        {
            for (var document = 0; document < 50; document++)
                await SayAsync(secret, new { model = "text-embedding-3-small", input = $"{mark} document {document} version {(document % 10 == 0 ? run : 0)}" }, path: "/v1/embeddings");
        }
        for (var change = 0; change < 4; change++)
        {
            for (var question = 0; question < 30; question++)
                await SayAsync(secret, Question($"{mark} question {question} version {(question % 15 == change ? change : 0)}"));
        }

        var state = (await person.SendAsync(HttpMethod.Get, Route)).Body;
        var (hits, misses) = (state.GetProperty("hits").GetInt64(), state.GetProperty("misses").GetInt64());
        (hits + misses).ShouldBe(220);
        ((double)hits / (hits + misses)).ShouldBeGreaterThanOrEqualTo(0.5);
        Simulation.Requests.Count(request => request.Body.Contains(mark, StringComparison.Ordinal)).ShouldBe((int)misses);
    }

    private async Task<(TestPerson Person, string Secret)> StartAsync()
    {
        var person = await House.PersonAsync();
        await person.ChooseAsync(new { provider = "openai", apiKey = Talk.NewKey(), baseUrl = own.Simulator.BaseUrlOf("openai-chat") });
        return (person, (await person.MakeApiKeyAsync()).Secret);
    }

    private static object Question(string text, double? temperature = 0, bool stream = false) => temperature is null
        ? new { model = "gpt-5.4", stream, messages = new[] { new { role = "user", content = text } } }
        : new { model = "gpt-5.4", stream, temperature, messages = new[] { new { role = "user", content = text } } };

    private async Task<(int Status, string? Cache, string? Type, string Text)> SayAsync(string secret, object body, string? cache = null, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secret);
        if (cache is not null)
            request.Headers.TryAddWithoutValidation("x-atrium-cache", cache);
        using var response = await House.Client.SendAsync(request);
        return ((int)response.StatusCode, response.Headers.TryGetValues("x-atrium-cache", out var said) ? said.Single() : null,
            response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }
}
