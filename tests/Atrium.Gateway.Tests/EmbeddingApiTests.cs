using System.Runtime.InteropServices;
using System.Text.Json;
using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>OpenAI's format for vectors in, each provider's own behind it.</summary>
public sealed class EmbeddingApiTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Path = "/v1/embeddings";

    public static TheoryData<string> Makers => [.. SimulatedDialects.All.Where(row => row.Vectors is not null).Select(row => row.Provider)];

    [Theory, MemberData(nameof(Makers))]
    [Keeps("L-083")]
    public async Task Makes_vectors_as_numbers_and_as_bytes_over_each_dialect_with_one_ledger_row_a_call(string provider)
    {
        var (house, person, secret) = await StartAsync(DatabaseEngine.Sqlite, provider);
        var model = SimulatedDialects.Of(provider).Vectors;

        var (status, body) = await house.RequestAsync(secret, Path, new { model, input = new[] { "xin chào", "hello there" } });
        var (_, encoded) = await house.RequestAsync(secret, Path, new { model = provider + "/" + model, input = "xin chào", encoding_format = "base64" });

        status.ShouldBe(200, body.ToString());
        body.GetProperty("object").GetString().ShouldBe("list");
        body.GetProperty("model").GetString().ShouldBe(model);
        body.GetProperty("data").EnumerateArray().Select(item => (item.GetProperty("object").GetString(), item.GetProperty("index").GetInt32(), item.GetProperty("embedding").GetArrayLength()))
            .ShouldBe([("embedding", 0, 8), ("embedding", 1, 8)]);
        body.GetProperty("usage").GetProperty("prompt_tokens").GetInt64().ShouldBeGreaterThan(0);
        var bytes = encoded.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        MemoryMarshal.Cast<byte, float>(bytes).ToArray().ShouldBe(body.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle()));
        var rows = await house.ApiLedgerAsync(person);
        rows.Select(row => (row.Module, row.Feature, row.Provider, row.Model, row.Status, row.Images, row.ApiKeyId is not null)).Distinct().ShouldBe([("api", "embedding", provider, model!, "complete", 0L, true)]);
        rows.Count.ShouldBe(2);
        // Nobody counts Gemini's.
        rows.ShouldAllBe(row => row.Estimated == (provider == "google-gemini"));
    }

    [Theory, BothEngines]
    [Keeps("H-040")]
    public async Task Costs_what_its_tokens_cost(DatabaseEngine engine)
    {
        var (house, person, secret) = await StartAsync(engine, "openai");

        using var response = await house.CallAsync(secret, Path, new { model = "text-embedding-3-small", input = new[] { "one two three", "four" } });

        // 0.02 dollars per million, four words.
        response.Headers.GetValues("x-atrium-cost").ShouldHaveSingleItem().ShouldBe("0.00000008");
        var row = (await house.LedgerAsync(person)).ShouldHaveSingleItem();
        (row.InputTokens, row.OutputTokens, row.Cost).ShouldBe((4, 0, 0.00000008m));
    }

    [Theory, BothEngines]
    public async Task Hands_over_the_wished_length_and_the_programs_own_user(DatabaseEngine engine)
    {
        var (house, _, secret) = await StartAsync(engine, "openai");
        var mark = Talk.NewKey();

        var (_, body) = await house.RequestAsync(secret, Path, new { model = "text-embedding-3-large", input = mark, dimensions = 16, user = "u-1" });

        body.GetProperty("data")[0].GetProperty("embedding").GetArrayLength().ShouldBe(16);
        var sent = houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Json;
        sent.GetProperty("dimensions").GetInt32().ShouldBe(16);
        sent.GetProperty("user").GetString().ShouldBe("u-1");
    }

    [Theory]
    [InlineData("[1,2,3]", 1)]
    [InlineData("[[1,2,3],[4]]", 2)]
    public async Task Token_numbers_go_to_who_reads_them_and_are_refused_elsewhere(string input, int vectors)
    {
        var (house, _, secret) = await StartAsync(DatabaseEngine.Sqlite, "openai");
        var (_, _, other) = await StartAsync(DatabaseEngine.Sqlite, "cohere");

        var (status, body) = await house.RequestAsync(secret, Path, $$"""{"model":"text-embedding-3-small","input":{{input}}}""");
        var (refused, why) = await house.RequestAsync(other, Path, $$"""{"model":"embed-v4.0","input":{{input}}}""");

        status.ShouldBe(200, body.ToString());
        body.GetProperty("data").GetArrayLength().ShouldBe(vectors);
        (refused, Programs.CodeOf(why), why.GetProperty("error").GetProperty("param").GetString()).ShouldBe((400, "unsupported", "input"));
        why.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("token numbers");
    }

    [Theory, BothEngines]
    public async Task Says_what_is_wrong_in_openais_words(DatabaseEngine engine)
    {
        var (house, person, secret) = await StartAsync(engine, "openai");
        (string Body, int Status, string Code, string? Field)[] cases =
        [
            ("{}", 400, "invalid_request", "input"), ("""{"input":"x"}""", 400, "invalid_request", "model"), ("""{"model":"m"}""", 400, "invalid_request", "input"),
            ("""{"model":"m","input":""}""", 400, "invalid_request", "input"), ("""{"model":"m","input":[]}""", 400, "invalid_request", "input"), ("""{"model":"m","input":["a"," "]}""", 400, "invalid_request", "input"),
            ("""{"model":"m","input":[1.5]}""", 400, "invalid_request", "input"), ("""{"model":"m","input":[-1]}""", 400, "invalid_request", "input"), ("""{"model":"m","input":[[]]}""", 400, "invalid_request", "input"),
            ("""{"model":"m","input":["a",1]}""", 400, "invalid_request", "input"), ("""{"model":"m","input":[1,"a"]}""", 400, "invalid_request", "input"), ("""{"model":"m","input":{"text":"a"}}""", 400, "invalid_request", "input"),
            ("""{"model":"m","input":"\ud800"}""", 400, "invalid_request", "input"), ("""{"model":"m","input":"x","dimensions":0}""", 400, "invalid_request", "dimensions"),
            ("""{"model":"m","input":"x","dimensions":99999999}""", 400, "invalid_request", "dimensions"), ("""{"model":"m","input":"x","encoding_format":"hex"}""", 400, "invalid_request", "encoding_format"),
            ($$"""{"model":"m","input":[{{string.Join(',', Enumerable.Repeat("\"a\"", 2_049))}}]}""", 400, "invalid_request", "input"),
            ("""{"model":"missing-model","input":"x"}""", 404, "model_not_found", "model"), ("""{"model":"m","input":"sim:429=7"}""", 429, "rate_limit_exceeded", null),
            ("""{"model":"m","input":"sim:quota"}""", 429, "insufficient_quota", null), ("""{"model":"m","input":"sim:401"}""", 403, "key-refused", null), ("""{"model":"m","input":"sim:html"}""", 502, "answer-unreadable", null),
            ("""{"model":"anthropic/claude","input":"x"}""", 403, "key-missing", null),
        ];

        foreach (var (text, status, code, field) in cases)
        {
            var (got, body) = await house.RequestAsync(secret, Path, text);
            (got, Programs.CodeOf(body), body.GetProperty("error").GetProperty("param").GetString()).ShouldBe((status, code, field), text);
        }
        (await house.LedgerAsync(person)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_without_vectors_says_so_and_nobody_else_makes_them()
    {
        var (house, _, secret) = await StartAsync(DatabaseEngine.Sqlite, "anthropic");
        var lonely = (await (await house.PersonAsync()).MakeApiKeyAsync()).Secret;

        var (status, body) = await house.RequestAsync(secret, Path, new { model = "claude-haiku-4-5", input = "x" });
        var (none, nobody) = await house.RequestAsync(lonely, Path, new { model = "text-embedding-3-small", input = "x" });

        (status, Programs.CodeOf(body)).ShouldBe((400, "unsupported"));
        body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("makes no embeddings");
        (none, Programs.CodeOf(nobody)).ShouldBe((404, "model_not_found"));
    }

    [Theory, BothEngines]
    public async Task A_key_is_held_to_its_endpoints_and_models(DatabaseEngine engine)
    {
        var (house, person, _) = await StartAsync(engine, "openai");
        var chat = (await person.MakeApiKeyAsync(new { name = "a", endpoints = new[] { "chat", "images" } })).Secret;
        var vectors = (await person.MakeApiKeyAsync(new { name = "a", endpoints = new[] { "embeddings" }, models = new[] { "text-embedding-*" } })).Secret;

        var (refused, why) = await house.RequestAsync(chat, Path, new { model = "text-embedding-3-small", input = "x" });
        var (allowed, _) = await house.RequestAsync(vectors, Path, new { model = "text-embedding-3-small", input = "x" });
        var (other, whyOther) = await house.RequestAsync(vectors, Path, new { model = "gpt-5.4", input = "x" });

        (refused, Programs.CodeOf(why), allowed, other, Programs.CodeOf(whyOther)).ShouldBe((403, "endpoint_not_allowed", 200, 403, "model-not-allowed"));
    }

    [Theory, BothEngines]
    [Keeps("H-040")]
    public async Task Who_hangs_up_ends_the_call_at_the_provider_and_pays_an_estimate(DatabaseEngine engine)
    {
        var (house, person, secret) = await StartAsync(engine, "openai");
        var mark = Talk.NewKey();
        using var hangUp = new CancellationTokenSource();

        var call = house.CallAsync(secret, Path, new { model = "text-embedding-3-small", input = $"{mark} sim:hang" }, cancellation: hangUp.Token);
        var asked = await houses.First.Simulation.ArrivalAsync(mark);
        await hangUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        (await asked.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(RequestEnd.ClosedByClient);
        var row = await house.FirstRowAsync(person);
        (row.Status, row.Estimated).ShouldBe(("cancelled", true));
        row.InputTokens.ShouldBeGreaterThan(0);
        row.Cost.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Theory, BothEngines]
    public async Task Modules_get_vectors_through_the_same_door(DatabaseEngine engine)
    {
        var (house, person, _) = await StartAsync(engine, "google-gemini");
        await using var scope = house.Services.CreateAsyncScope();
        var mark = Talk.NewKey();

        var answer = await scope.ServiceProvider.GetRequiredService<IEmbeddingGateway>().EmbedAsync(
            new EmbeddingCall { PersonId = person.Id, Module = "tests", Model = "gemini-embedding-001", Texts = [mark], AreQueries = true }, default);

        (answer.Provider, answer.Vectors.Count, answer.Vectors[0].Length, answer.Usage.IsEstimated).ShouldBe(("google-gemini", 1, 8, true));
        houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Body.ShouldContain("RETRIEVAL_QUERY");
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().Cost.ShouldBe(answer.Cost);
    }

    private async Task<(TestHouse House, TestPerson Person, string Secret)> StartAsync(DatabaseEngine engine, string provider)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await person.ChooseAsync(SimulatedDialects.ChoiceOf(provider, houses.First));
        return (house, person, (await person.MakeApiKeyAsync()).Secret);
    }
}
