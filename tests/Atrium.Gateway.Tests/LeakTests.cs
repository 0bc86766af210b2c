using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>Planted keys must come out nowhere but in the calls they are for.</summary>
public sealed class LeakTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    [Keeps("Z-050", "Z-113", "B-019")]
    public async Task No_key_lies_in_the_databases_the_files_the_log_a_trace_or_an_answer(DatabaseEngine engine)
    {
        await using var poisoned = await PoisonedProvider.StartAsync(houses.Second.OpenAiBaseUrl);
        var settings = new Dictionary<string, string>(houses.Settings) { ["ATRIUM_PRIVATE_HOSTS"] = $"{houses.First.Address.Authority},{houses.Second.Address.Authority},{poisoned.Address.Authority}" };
        await using var house = await TestHouse.StartAsync(engine, settings, GatewayHouses.FastTimeouts);
        using var traces = new TraceText();
        var person = await house.PersonAsync();
        var addresses = new[] { houses.First.OpenAiBaseUrl, poisoned.Echo, poisoned.Redirect, houses.First.OpenAiBaseUrl };
        var questions = new[] { "hello", "sim:401", "sim:error", "sim:words=50 sim:cut=900", "sim:html" };
        var keys = Enumerable.Range(0, 40).Select(_ => Talk.NewKey()).ToList();
        var answers = new StringBuilder();
        foreach (var (plain, index) in keys.Select((key, index) => (key, index)))
        {
            var key = index % 4 == 3 ? "bad-" + plain : plain;
            var baseUrl = addresses[index % addresses.Length];
            var choice = await person.ChooseAsync(new { provider = "openai", apiKey = key, baseUrl, name = "Key " + index });
            answers.Append(choice).Append(await TryAskAsync(house, person, questions[index % questions.Length]));
            foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Post, "/api/providers/openai/test", new { apiKey = key, baseUrl }),
                (HttpMethod.Post, "/api/providers/openai/test", new { keyId = choice.GetProperty("keyId").GetGuid() }),
                (HttpMethod.Post, "/api/providers/openai/test", new { apiKey = key, baseUrl = "https://127.0.0.1/" + key }),
                (HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", baseUrl = houses.Second.OpenAiBaseUrl }),
                (HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", settings = new { baseUrl = houses.Second.OpenAiBaseUrl } }),
                (HttpMethod.Put, "/api/user/ai-provider", new { provider = "nobody", apiKey = key }),
                (HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", apiKey = key + "\u00e9" }),
                (HttpMethod.Post, "/api/provider-keys", "{\"provider\":\"openai\",\"apiKey\":[\"" + key + "\"]}"),
                (HttpMethod.Post, "/api/provider-keys", new { provider = "openai", apiKey = key, settings = new Dictionary<string, string> { [key] = key } }),
                (HttpMethod.Get, "/api/models", null),
            })
            {
                answers.Append((await person.SendAsync(method, path, body)).Body);
            }
        }
        foreach (var path in new[] { "/api/provider-keys", "/api/user/ai-provider", "/api/providers/status", "/api/costs", "/openapi/v1.json" })
            answers.Append(await person.GetAsync(path));

        var stored = await StoredBytesAsync(house);

        foreach (var key in keys)
        {
            foreach (var form in new[] { key, Convert.ToBase64String(Encoding.UTF8.GetBytes(key)) })
            {
                answers.ToString().Contains(form, StringComparison.OrdinalIgnoreCase).ShouldBeFalse("in an answer");
                GatewayHouses.LogText.Contains(form, StringComparison.OrdinalIgnoreCase).ShouldBeFalse("in the log");
                traces.ToString().Contains(form, StringComparison.OrdinalIgnoreCase).ShouldBeFalse("in a trace");
                stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)).ShouldBe(-1, "in the data");
            }
            houses.Second.Simulation.Requests.ShouldNotContain(request => request.Headers.Values.Any(value => value.Contains(key)) || request.Body.Contains(key) || request.Path.Contains(key));
        }
        GatewayHouses.LogText.ShouldContain("key-refused", customMessage: "the log must be seen");
        traces.ToString().ShouldContain("/api/provider-keys", customMessage: "the traces must be seen");
        answers.ToString().ShouldContain("model-1999", customMessage: "the poisoned list must be seen");
        stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(houses.First.OpenAiBaseUrl)).ShouldNotBe(-1, "the scan must see what is stored in plain");
    }

    [Theory, BothEngines]
    public async Task A_list_of_models_is_cut_where_no_real_one_goes(DatabaseEngine engine)
    {
        await using var poisoned = await PoisonedProvider.StartAsync(houses.Second.OpenAiBaseUrl);
        var settings = new Dictionary<string, string>(houses.Settings) { ["ATRIUM_PRIVATE_HOSTS"] = poisoned.Address.Authority };
        await using var house = await TestHouse.StartAsync(engine, settings, GatewayHouses.FastTimeouts);
        var person = await house.PersonAsync();

        var (_, tested) = await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = Talk.NewKey(), baseUrl = poisoned.Echo });
        var (_, endless) = await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = Talk.NewKey(), baseUrl = poisoned.Endless });

        var models = tested.GetProperty("models").EnumerateArray().Select(model => model.GetString()!).ToList();
        models.Count.ShouldBe(2_000);
        tested.GetProperty("modelCount").GetInt32().ShouldBe(2_000);
        models.ShouldContain("good");
        models.ShouldAllBe(model => model.Length <= 200 && !model.Contains('\n'));
        endless.GetProperty("works").GetBoolean().ShouldBeFalse();
        endless.GetProperty("code").GetString().ShouldBe("cut-off");
    }

    private static async Task<string> TryAskAsync(TestHouse house, TestPerson person, string text)
    {
        try
        {
            return string.Join('\n', await house.AskAsync(person, text));
        }
        catch (ChatFailedException failure)
        {
            return failure.ToString();
        }
    }

    /// <summary>All files of the data folder (SQLite with its logs among them), and every row of every table as text.</summary>
    private static async Task<byte[]> StoredBytesAsync(TestHouse house)
    {
        var bytes = new MemoryStream();
        foreach (var file in Directory.EnumerateFiles(house.DataFolder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await stream.CopyToAsync(bytes);
        }
        if (house.Engine == DatabaseEngine.Postgres)
        {
            var databases = house.Services.GetRequiredService<Databases>();
            foreach (var database in new[] { databases.Main, databases.Keys })
            {
                foreach (var table in await database.QueryAsync<string>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", null, default))
                {
                    foreach (var row in await database.QueryAsync<string>($"SELECT CAST(t AS text) || ' ' || encode(convert_to(CAST(t AS text), 'UTF8'), 'escape') FROM \"{table}\" t", null, default))
                        bytes.Write(Encoding.UTF8.GetBytes(row));
                }
            }
        }
        return bytes.ToArray();
    }

    /// <summary>Everything that every source of traces in this process says.</summary>
    private sealed class TraceText : IDisposable
    {
        private readonly ConcurrentQueue<string> texts = new();
        private readonly ActivityListener listener;

        public TraceText()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => texts.Enqueue(Write(activity)),
            };
            ActivitySource.AddActivityListener(listener);
        }

        public override string ToString() => string.Join('\n', texts);

        public void Dispose() => listener.Dispose();

        private static string Write(Activity activity) => string.Join(
            ' ',
            new[] { activity.OperationName, activity.DisplayName, activity.StatusDescription, activity.TraceStateString }
                .Concat(activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))
                .Concat(activity.Baggage.Select(item => $"{item.Key}={item.Value}"))
                .Concat(activity.Events.SelectMany(happening => happening.Tags.Select(tag => $"{happening.Name}:{tag.Key}={tag.Value}"))));
    }
}
