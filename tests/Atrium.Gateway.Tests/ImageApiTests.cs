using System.Text.Json;
using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>OpenAI's format for pictures in, each provider's own behind it.</summary>
public sealed class ImageApiTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Path = "/v1/images/generations";

    public static TheoryData<string> Makers => [.. SimulatedDialects.All.Where(row => row.Pictures is not null).Select(row => row.Provider)];

    [Theory, MemberData(nameof(Makers))]
    [Keeps("H-032", "H-041")]
    public async Task Makes_a_picture_over_each_dialect_with_one_ledger_row_that_counts_it(string provider)
    {
        var (house, person, secret) = await StartAsync(DatabaseEngine.Sqlite, provider);
        var model = SimulatedDialects.Of(provider).Pictures;

        var (status, body) = await house.RequestAsync(secret, Path, new { model, prompt = "A house by the river", size = "1024x1024" });

        status.ShouldBe(200, body.ToString());
        var data = body.GetProperty("data");
        data.GetArrayLength().ShouldBe(1);
        data[0].GetProperty("b64_json").GetBytesFromBase64().AsSpan(1, 3).ToArray().ShouldBe("PNG"u8.ToArray());
        body.GetProperty("output_format").GetString().ShouldBe("png");
        var row = (await house.ApiLedgerAsync(person)).ShouldHaveSingleItem();
        (row.Module, row.Feature, row.Provider, row.Model, row.Status, row.Images).ShouldBe(("api", "image", provider, model!, "complete", 1L));
        (await person.GetAsync("/api/costs?days=1")).GetProperty("total_images").GetInt32().ShouldBe(1);
    }

    [Theory, BothEngines]
    [Keeps("H-041")]
    public async Task Costs_its_price_per_picture_and_what_went_in_where_that_has_a_rate(DatabaseEngine engine)
    {
        var (house, person, secret) = await StartAsync(engine, "openai");
        await person.ChooseAsync(SimulatedDialects.ChoiceOf("google-gemini", houses.First));

        using var three = await house.CallAsync(secret, Path, new { model = "openai/gpt-image-2", prompt = "A house", n = 3 });
        using var one = await house.CallAsync(secret, Path, new { model = "gemini-3-pro-image", prompt = "A house" });

        three.Headers.GetValues("x-atrium-cost").ShouldHaveSingleItem().ShouldBe("0.159");
        // Two words and four for the message at 2 dollars per million, and 0.134 for the picture.
        one.Headers.GetValues("x-atrium-cost").ShouldHaveSingleItem().ShouldBe("0.134012");
        (await house.ApiLedgerAsync(person)).Select(row => row.Images).ShouldBe([3, 1], ignoreOrder: true);
    }

    [Theory, BothEngines]
    public async Task Hands_over_all_wishes_and_gives_an_address_that_holds_the_picture(DatabaseEngine engine)
    {
        var (house, _, secret) = await StartAsync(engine, "openai");
        var mark = Talk.NewKey();

        var (status, body) = await house.RequestAsync(secret, Path, new
        {
            model = "gpt-image-2",
            prompt = mark,
            n = 2,
            size = "1536x1024",
            quality = "high",
            background = "transparent",
            moderation = "low",
            output_format = "webp",
            output_compression = 80,
            user = "u-1",
            response_format = "url",
        });

        status.ShouldBe(200, body.ToString());
        body.GetProperty("data").EnumerateArray().ShouldAllBe(item => item.GetProperty("url").GetString()!.StartsWith("data:image/png;base64,iVBORw"));
        var sent = houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Json;
        foreach (var (name, value) in new Dictionary<string, string> { ["n"] = "2", ["size"] = "1536x1024", ["quality"] = "high", ["background"] = "transparent", ["moderation"] = "low", ["output_format"] = "webp", ["output_compression"] = "80", ["user"] = "u-1" })
            sent.GetProperty(name).ToString().ShouldBe(value, name);
    }

    [Theory, BothEngines]
    public async Task Says_what_is_wrong_in_openais_words(DatabaseEngine engine)
    {
        var (house, person, secret) = await StartAsync(engine, "openai");
        await person.ChooseAsync(SimulatedDialects.ChoiceOf("google-gemini", houses.First));
        (string Body, int Status, string Code, string? Field)[] cases =
        [
            ("{}", 400, "invalid_request", "prompt"), ("""{"prompt":"x"}""", 400, "invalid_request", "model"), ("""{"model":"m","prompt":" "}""", 400, "invalid_request", "prompt"),
            ("""{"model":"m","prompt":"x","n":0}""", 400, "invalid_request", "n"), ("""{"model":"m","prompt":"x","n":11}""", 400, "invalid_request", "n"), ("""{"model":"m","prompt":"x","size":"big"}""", 400, "invalid_request", "size"),
            ("""{"model":"m","prompt":"x","size":"1024x99999"}""", 400, "invalid_request", "size"), ("""{"model":"m","prompt":"x","response_format":"file"}""", 400, "invalid_request", "response_format"),
            ("""{"model":"m","prompt":"x","stream":true}""", 400, "invalid_request", "stream"), ("""{"model":"m","prompt":"x","partial_images":2}""", 400, "invalid_request", "stream"),
            ("""{"model":"m","prompt":"x","quality":7}""", 400, "invalid_request", "quality"),
            ("""{"model":"openai/missing","prompt":"x"}""", 404, "model_not_found", "model"), ("""{"model":"openai/m","prompt":"sim:filter"}""", 400, "content_filter", null),
            ("""{"model":"openai/m","prompt":"sim:429"}""", 429, "rate_limit_exceeded", null), ("""{"model":"openai/m","prompt":"sim:500"}""", 503, "provider-unavailable", null),
            ("""{"model":"gemini-3-pro-image","prompt":"x","n":2}""", 400, "unsupported", "n"), ("""{"model":"gemini-3-pro-image","prompt":"x","quality":"high"}""", 400, "unsupported", "quality"),
            ("""{"model":"gemini-3-pro-image","prompt":"x","size":"100x1000"}""", 400, "unsupported", "size"), ("""{"model":"anthropic/claude","prompt":"x"}""", 403, "key-missing", null),
        ];

        foreach (var (text, status, code, field) in cases)
        {
            var (got, body) = await house.RequestAsync(secret, Path, text);
            (got, Programs.CodeOf(body), body.GetProperty("error").GetProperty("param").GetString()).ShouldBe((status, code, field), text);
        }
        (await house.LedgerAsync(person)).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_key_is_held_to_its_endpoints_and_models(DatabaseEngine engine)
    {
        var (house, person, _) = await StartAsync(engine, "openai");
        var chat = (await person.MakeApiKeyAsync(new { name = "a", endpoints = new[] { "chat", "embeddings" } })).Secret;
        var pictures = (await person.MakeApiKeyAsync(new { name = "a", endpoints = new[] { "images" }, models = new[] { "openai/gpt-image-*" } })).Secret;

        var (refused, why) = await house.RequestAsync(chat, Path, new { model = "gpt-image-2", prompt = "x" });
        var (allowed, _) = await house.RequestAsync(pictures, Path, new { model = "gpt-image-2", prompt = "x" });
        var (other, whyOther) = await house.RequestAsync(pictures, Path, new { model = "dall-e-3", prompt = "x" });

        (refused, Programs.CodeOf(why), allowed, other, Programs.CodeOf(whyOther)).ShouldBe((403, "endpoint_not_allowed", 200, 403, "model-not-allowed"));
    }

    [Theory, BothEngines]
    [Keeps("H-040")]
    public async Task Who_hangs_up_ends_the_call_at_the_provider_and_pays_what_was_begun(DatabaseEngine engine)
    {
        var (house, person, secret) = await StartAsync(engine, "openai");
        var mark = Talk.NewKey();
        using var hangUp = new CancellationTokenSource();

        var call = house.CallAsync(secret, Path, new { model = "gpt-image-2", prompt = $"{mark} sim:hang", n = 2 }, cancellation: hangUp.Token);
        var asked = await houses.First.Simulation.ArrivalAsync(mark);
        await hangUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        (await asked.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(RequestEnd.ClosedByClient);
        var row = await house.FirstRowAsync(person);
        (row.Status, row.Estimated, row.Cost).ShouldBe(("cancelled", true, 0.106m));
    }

    [Theory, BothEngines]
    [Keeps("Z-041")]
    public async Task A_budget_that_is_used_up_stops_pictures_and_vectors_before_they_are_made(DatabaseEngine engine)
    {
        var (house, person, secret) = await StartAsync(engine, "openai");
        var mark = Talk.NewKey();
        (await person.SendAsync(HttpMethod.Put, "/api/budgets", new { period = "day", unit = "dollars", amount = "0.05" })).Status.ShouldBe(200);

        var first = await house.RequestAsync(secret, Path, new { model = "gpt-image-2", prompt = mark });
        var second = await house.RequestAsync(secret, Path, new { model = "gpt-image-2", prompt = mark });
        var vectors = await house.RequestAsync(secret, "/v1/embeddings", new { model = "text-embedding-3-small", input = mark });

        // One call may be the last, even if it needs a little more than is left.
        (first.Status, second.Status, Programs.CodeOf(second.Body), vectors.Status, Programs.CodeOf(vectors.Body)).ShouldBe((200, 429, "insufficient_quota", 429, "insufficient_quota"));
        houses.First.Simulation.Requests.Count(request => request.Body.Contains(mark)).ShouldBe(1);
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().Cost.ShouldBe(0.053m);
    }

    [Theory, BothEngines]
    public async Task Modules_get_pictures_through_the_same_door(DatabaseEngine engine)
    {
        var (house, person, _) = await StartAsync(engine, "google-gemini");
        await using var scope = house.Services.CreateAsyncScope();

        var answer = await scope.ServiceProvider.GetRequiredService<IImageGateway>().DrawAsync(
            new ImageCall { PersonId = person.Id, Module = "tests", Model = "gemini-3-pro-image", Prompt = "A house", Size = (1_920, 1_080) }, default);

        answer.Images.ShouldHaveSingleItem().MediaType.ShouldBe("image/png");
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().Cost.ShouldBe(answer.Cost);
        houses.First.Simulation.Requests.Last(request => request.Path.Contains("gemini-3-pro-image")).Json.GetProperty("generationConfig").GetProperty("imageConfig").ToString().ShouldBe("""{"aspectRatio":"16:9","imageSize":"2K"}""");
    }

    private async Task<(TestHouse House, TestPerson Person, string Secret)> StartAsync(DatabaseEngine engine, string provider)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await person.ChooseAsync(SimulatedDialects.ChoiceOf(provider, houses.First));
        return (house, person, (await person.MakeApiKeyAsync()).Secret);
    }
}
