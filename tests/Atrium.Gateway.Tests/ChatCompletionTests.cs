using System.Text.Json;
using Atrium.Platform.Data;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>OpenAI's chat format in, each provider's format behind it.</summary>
public sealed class ChatCompletionTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Path = "/v1/chat/completions";

    public static TheoryData<DatabaseEngine, string> Dialects
    {
        get
        {
            var data = new TheoryData<DatabaseEngine, string>();
            foreach (var provider in SimulatedDialects.Providers)
                data.Add(DatabaseEngine.Sqlite, provider);
            data.Add(DatabaseEngine.Postgres, SimulatedDialects.Providers.First());
            return data;
        }
    }

    [Theory, MemberData(nameof(Dialects))]
    [Keeps("L-083", "H-040")]
    public async Task Answers_whole_and_streamed_over_each_dialect_with_one_ledger_row_each(DatabaseEngine engine, string provider)
    {
        var (house, person, secret, model) = await StartAsync(engine, provider);

        var (status, whole) = await house.RequestAsync(secret, Path, Programs.Chat("Hello", model));
        var chunks = await house.StreamAsync(secret, Path, new { model, stream = true, stream_options = new { include_usage = true }, messages = new[] { new { role = "user", content = "Hello" } } });

        status.ShouldBe(200, whole.ToString());
        whole.GetProperty("object").GetString().ShouldBe("chat.completion");
        whole.GetProperty("model").GetString().ShouldBe(model);
        var choice = whole.GetProperty("choices")[0];
        choice.GetProperty("message").GetProperty("content").GetString().ShouldBe("This is a simulated answer to: Hello");
        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        chunks[^1].ShouldBe("[DONE]");
        var parsed = chunks.SkipLast(1).Select(chunk => JsonDocument.Parse(chunk).RootElement).ToList();
        string.Concat(parsed.Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0)
            .Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : "")).ShouldBe("This is a simulated answer to: Hello");
        parsed.Count.ShouldBeGreaterThan(5);
        parsed[^1].GetProperty("usage").ToString().ShouldBe(whole.GetProperty("usage").ToString());
        (await RowsAsync(house, person)).ShouldBe([("api", "chat", true), ("api", "chat", true)]);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Calls_tools_and_takes_their_results_over_each_dialect(DatabaseEngine engine, string provider)
    {
        var (house, _, secret, model) = await StartAsync(engine, provider);
        var tools = new[] { new { type = "function", function = new { name = "weather", description = "Tells the weather.", parameters = new { type = "object", properties = new { city = new { type = "string" } } } } } };
        var ask = new { role = "user", content = "sim:tool=weather" };

        var called = (await house.RequestAsync(secret, Path, new { model, tools, messages = new[] { ask } })).Body.GetProperty("choices")[0];
        var streamed = (await house.StreamAsync(secret, Path, new { model, tools, stream = true, messages = new[] { ask } })).SkipLast(1).Select(chunk => JsonDocument.Parse(chunk).RootElement.GetProperty("choices")[0]).ToList();
        var message = called.GetProperty("message");
        var call = message.GetProperty("tool_calls")[0];
        var after = await house.RequestAsync(secret, Path, new { model, tools, messages = new object[] { ask, message, new { role = "tool", tool_call_id = call.GetProperty("id").GetString(), content = "Sunny" } } });

        called.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        call.GetProperty("function").GetProperty("name").GetString().ShouldBe("weather");
        JsonDocument.Parse(call.GetProperty("function").GetProperty("arguments").GetString()!).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        var pieces = streamed.Where(choice => choice.GetProperty("delta").TryGetProperty("tool_calls", out _)).Select(choice => choice.GetProperty("delta").GetProperty("tool_calls")[0]).ToList();
        pieces.ShouldAllBe(piece => piece.GetProperty("index").GetInt32() == 0);
        pieces[0].GetProperty("function").GetProperty("name").GetString().ShouldBe("weather");
        string.Concat(pieces.Select(piece => piece.GetProperty("function").GetProperty("arguments").GetString())).ShouldBe("{}");
        streamed[^1].GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        after.Body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().ShouldBe("The tool has answered.");
    }

    [Theory, BothEngines]
    public async Task Hands_over_all_that_the_program_said(DatabaseEngine engine)
    {
        var (house, _, secret, _) = await StartAsync(engine, "openai");
        var mark = Talk.NewKey();

        var (status, body) = await house.RequestAsync(secret, Path, """
            {"model":"sim-vision","temperature":0.3,"top_p":0.5,"max_completion_tokens":77,"seed":7,"stop":["END"],"presence_penalty":0.25,"user":"u-1","logit_bias":{"50256":-100},
             "response_format":{"type":"json_schema","json_schema":{"name":"thing","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}}}}},
             "messages":[{"role":"developer","content":"Be terse."},{"role":"user","content":[{"type":"text","text":"MARK"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw=="}}]}]}
            """.Replace("MARK", mark, StringComparison.Ordinal));

        status.ShouldBe(200, body.ToString());
        var sent = houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Json;
        sent.GetProperty("temperature").GetDecimal().ShouldBe(0.3m);
        sent.GetProperty("max_completion_tokens").GetInt32().ShouldBe(77);
        sent.GetProperty("seed").GetInt32().ShouldBe(7);
        sent.GetProperty("stop")[0].GetString().ShouldBe("END");
        sent.GetProperty("user").GetString().ShouldBe("u-1");
        sent.GetProperty("logit_bias").GetProperty("50256").GetInt32().ShouldBe(-100);
        sent.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString().ShouldBe("thing");
        sent.GetProperty("messages")[0].GetProperty("role").GetString().ShouldBe("developer");
        sent.GetProperty("messages")[1].GetProperty("content")[1].GetProperty("image_url").GetProperty("url").GetString().ShouldBe("data:image/png;base64,iVBORw==");
        body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.ShouldStartWith("I see 1 image.");
    }

    [Theory, BothEngines]
    public async Task Says_what_is_wrong_in_openais_words(DatabaseEngine engine)
    {
        var (house, _, secret, _) = await StartAsync(engine, "openai");
        (string Body, int Status, string Code)[] cases =
        [
            ("", 400, "invalid_json"), ("[]", 400, "invalid_request"), ("{", 400, "invalid_json"), ("""{"model":"a","model":"b","messages":[]}""", 400, "invalid_json"),
            ("""{"messages":[{"role":"user","content":"x"}]}""", 400, "invalid_request"), ("""{"model":7,"messages":[{"role":"user","content":"x"}]}""", 400, "invalid_request"),
            ("""{"model":"sim-fast"}""", 400, "invalid_request"), ("""{"model":"sim-fast","messages":[]}""", 400, "invalid_request"), ("""{"model":"sim-fast","messages":[7]}""", 400, "invalid_request"),
            ("""{"model":"sim-fast","messages":[{"role":"user","content":"\ud800"}]}""", 400, "invalid_request"),
            ("""{"model":"sim-fast","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"file:///etc/passwd"}}]}]}""", 400, "invalid_request"),
            ("""{"model":"sim-fast","n":0,"messages":[{"role":"user","content":"x"}]}""", 400, "invalid_request"),
            ("""{"model":"sim-fast","max_tokens":-1,"messages":[{"role":"user","content":"x"}]}""", 400, "invalid_request"),
            ("""{"model":"missing-model","messages":[{"role":"user","content":"x"}]}""", 404, "model_not_found"),
            ("""{"model":"sim-fast","messages":[{"role":"user","content":"sim:429=7"}]}""", 429, "rate_limit_exceeded"),
            ("""{"model":"sim-fast","messages":[{"role":"user","content":"sim:quota"}]}""", 429, "insufficient_quota"),
            ("""{"model":"sim-fast","messages":[{"role":"user","content":"sim:401"}]}""", 403, "key-refused"),
            ("""{"model":"sim-fast","messages":[{"role":"user","content":"sim:long"}]}""", 400, "context_length_exceeded"),
            ("""{"model":"sim-fast","messages":[{"role":"user","content":"sim:filter"}]}""", 400, "content_filter"),
            ("""{"model":"anthropic/claude","messages":[{"role":"user","content":"x"}]}""", 403, "key-missing"),
        ];

        foreach (var (text, status, code) in cases)
        {
            var (got, body) = await house.RequestAsync(secret, Path, text);
            (got, Programs.CodeOf(body)).ShouldBe((status, code), text);
        }
        (await house.RequestAsync(secret, Path, new string('[', 100_000))).Status.ShouldBe(400);
        var inside = await house.StreamAsync(secret, Path, Programs.Chat("sim:error", stream: true));
        JsonDocument.Parse(inside[^1]).RootElement.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory, BothEngines]
    public async Task A_model_nobody_offers_is_not_answered_by_somebody_else(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (_, secret) = await person.MakeApiKeyAsync();

        var (status, body) = await house.RequestAsync(secret, Path, Programs.Chat("2+2", "gpt-5.4"));
        var offline = await house.RequestAsync(secret, Path, Programs.Chat("2+2", "offline/offline-lite"));

        (status, Programs.CodeOf(body)).ShouldBe((404, "model_not_found"));
        offline.Body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.ShouldContain("4");
    }

    [Theory, BothEngines]
    [Keeps("H-040")]
    public async Task Who_hangs_up_ends_the_call_at_the_provider_and_pays_for_what_came(DatabaseEngine engine)
    {
        var (house, person, secret, _) = await StartAsync(engine, "openai");
        var mark = Talk.NewKey();
        using var hangUp = new CancellationTokenSource();

        using (var response = await house.CallAsync(secret, Path, Programs.Chat($"{mark} sim:words=5000 sim:speed=20", "gpt-5.4", stream: true), cancellation: hangUp.Token))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(hangUp.Token);
            (await stream.ReadAsync(new byte[200], hangUp.Token)).ShouldBeGreaterThan(0);
        }
        await hangUp.CancelAsync();

        (await houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Ended.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(RequestEnd.ClosedByClient);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await house.LedgerAsync(person)).Count == 0)
            patience.Token.ThrowIfCancellationRequested();
        var row = (await house.LedgerAsync(person)).ShouldHaveSingleItem();
        row.Status.ShouldBe("cancelled");
        row.Estimated.ShouldBeTrue();
    }

    private async Task<(TestHouse House, TestPerson Person, string Secret, string Model)> StartAsync(DatabaseEngine engine, string provider)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var row = Ai.ProviderCatalogue.Default.Find(provider)!;
        await person.ChooseAsync(new { provider, apiKey = row.NeedsKey ? Talk.NewKey() : null, baseUrl = SimulatedDialects.BaseUrlOf(row, houses.First), settings = SimulatedDialects.SettingsOf(row) });
        return (house, person, (await person.MakeApiKeyAsync()).Secret, SimulatedDialects.ModelOf(provider));
    }

    private static async Task<IEnumerable<(string, string, bool)>> RowsAsync(TestHouse house, TestPerson person) =>
        (await house.ApiLedgerAsync(person)).Select(row => (row.Module, row.Feature, row.ApiKeyId is not null));
}
