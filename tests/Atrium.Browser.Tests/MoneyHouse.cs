using System.Net.Http.Json;
using Atrium.Platform.Data;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>A call that somebody made some days ago.</summary>
internal sealed record SpentCall(int DaysAgo, string Module, string Provider, string Model, decimal? Cost)
{
    public string Feature { get; init; } = "answer";

    public long Images { get; init; }

    public string Status { get; init; } = "complete";

    public decimal? Saved { get; init; }

    public Guid? ThingId { get; init; }
}

/// <summary>The real house in this process, with a ledger that tests write into.</summary>
internal sealed class MoneyHouse(TestHouse house) : IAsyncDisposable
{
    public HttpClient Stranger => house.Client;

    public Uri Address => new UriBuilder(house.Address) { Host = "localhost" }.Uri;

    public static async Task<MoneyHouse> StartAsync(SimulatorHost? simulator = null) =>
        new(await TestHouse.StartAsync(DatabaseEngine.Sqlite, simulator is null ? null : new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority }));

    public Task<TestPerson> AdminAsync() => house.AdminAsync();

    public Task<TestPerson> PersonAsync(string name) => house.PersonAsync(name);

    /// <summary>A browser in which a person is signed in already, and was asked who should answer.</summary>
    public async Task<Visitor> EnterAsync(Chromium chromium, TestPerson person, bool isPhone = false)
    {
        var visitor = await chromium.VisitAsync(Address, isPhone, answersFromWorker: false);
        await visitor.Context.AddCookiesAsync([new Cookie { Name = "__Host-atrium", Value = person.Token, Domain = "localhost", Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);
        (await person.Client.PatchAsJsonAsync("/api/me/preferences", new { hideProviderPrompt = true })).EnsureSuccessStatusCode();
        return visitor;
    }

    /// <summary>Writes calls into the ledger as if they had been made at noon (UTC), or now when they are of today.</summary>
    public Task SpendAsync(TestPerson person, params IEnumerable<SpentCall> calls)
    {
        var now = DateTimeOffset.UtcNow;
        var rows = calls.Select(call => new
        {
            Id = Guid.CreateVersion7(),
            PersonId = person.Id,
            call.Module,
            call.Feature,
            call.Provider,
            call.Model,
            call.Images,
            call.Status,
            call.ThingId,
            Cost = MoneyOf(call.Cost),
            Saved = MoneyOf(call.Saved),
            At = call.DaysAgo == 0 ? now : new DateTimeOffset(now.UtcDateTime.Date.AddDays(-call.DaysAgo).AddHours(12), TimeSpan.Zero),
        }).ToList();
        return house.Services.GetRequiredService<Database>().WriteAsync(
            unit =>
            {
                foreach (var row in rows)
                {
                    unit.Execute(
                        """
                        INSERT INTO gateway_ledger (id, person_id, module, feature, provider, model, input_tokens, cached_tokens, cache_written_tokens,
                            output_tokens, reasoning_tokens, images, estimated, cost, saved, status, at, thing_id)
                        VALUES (@Id, @PersonId, @Module, @Feature, @Provider, @Model, 3200, 0, 0, 410, 0, @Images, false, @Cost, @Saved, @Status, @At, @ThingId)
                        """,
                        row);
                }
                return rows.Count;
            },
            default);
    }

    /// <summary>Six weeks of a busy person: four apps, three providers, pictures, a failure, an answer from the cache and a model without a price.</summary>
    /// <param name="thing">A conversation that most of it was for.</param>
    public Task SpendWeeksAsync(TestPerson person, Guid thing) => SpendAsync(
        person,
        Enumerable.Range(0, 42).SelectMany(day => new[]
        {
            new SpentCall(day, "assistant", "anthropic", "claude-sonnet-5", 0.12m + (day * 7 % 5 * 0.081m)) { ThingId = thing },
            new SpentCall(day, "community", "google", "gemini-3.8-flash", 0.0213m * (day % 4)),
            new SpentCall(day, "builder", "google", "gemini-3-pro-image", day % 3 == 0 ? 0.134m : 0m) { Feature = "image", Images = day % 3 == 0 ? 1 : 0 },
            new SpentCall(day, "api", "openai", "gpt-5.4-mini", 0.0042m * (day % 6)) { Feature = "chat" },
        }).Append(new SpentCall(2, "assistant", "anthropic", "claude-sonnet-5", 0m) { Status = "cached", Saved = 0.0119m })
            .Append(new SpentCall(2, "assistant", "anthropic", "claude-sonnet-5", 0.0031m) { Status = "failed" })
            .Append(new SpentCall(1, "assistant", "groq", "qwen3-vl-preview", null)));

    public ValueTask DisposeAsync() => house.DisposeAsync();

    private static Money? MoneyOf(decimal? dollars) => dollars is { } amount ? new Money(amount) : null;
}
