using System.Collections.Concurrent;
using System.Numerics;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Budgets;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Prices;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>
/// Ten thousand calls of every kind around the midnight at which a price changes, written at the same time, against sums that are computed here from
/// the same rates with whole numbers and nothing of the house.
/// </summary>
public sealed class MixedCallTests
{
    private const int Calls = 10_000;
    private const int Writers = 64;

    private static readonly DateTimeOffset Midnight = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    // Micro-dollars per million tokens, so that a token's price is that many picodollars.
    private static readonly Dictionary<string, Rates[]> Table = new()
    {
        ["plain"] = [new(1_250_000, 10_000_000), new(1_500_000, 12_345_678)],
        ["cached"] = [new(3_000_000, 15_000_000) { Cached = 300_000, Written = 3_750_000 }, new(2_000_000, 10_000_000) { Cached = 200_001, Written = 2_500_003 }],
        ["thinking"] = [new(500_000, 3_000_000) { Reasoning = 3_500_000 }, new(500_000, 3_000_000) { Reasoning = 2_500_000 }],
        ["long"] = [new(2_000_000, 12_000_000) { Cached = 200_000, Above = 200_000, LongInput = 4_000_000, LongOutput = 18_000_000, LongCached = 400_000 }, new(2_000_000, 12_000_000) { Cached = 200_000, Above = 100_000, LongInput = 5_000_000, LongOutput = 19_000_000, LongCached = 500_000 }],
        ["picture"] = [new(2_000_000, 12_000_000) { Image = 134_000 }, new(2_000_000, 12_000_000) { Image = 139_999 }],
        ["search"] = [new(1_000_000, 1_000_000) { Request = 5_000 }, new(1_000_000, 1_000_000) { Request = 8_000 }],
    };

    [Theory, BothEngines]
    [Keeps("H-040", "H-031", "Z-041")]
    public async Task The_ledger_equals_a_sum_made_by_hand_over_ten_thousand_mixed_calls(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, replace: services => services.AddSingleton<TimeProvider>(new FakeClock(Midnight.AddHours(-1))));
        await SetPricesAsync(await house.AdminAsync());
        var people = new List<TestPerson>();
        for (var index = 0; index < 4; index++)
        {
            people.Add(await house.PersonAsync());
            (await people[index].SendAsync(HttpMethod.Put, "/api/budgets", new { kind = "all", period = "month", amount = "100000" })).Status.ShouldBe(200);
        }
        var expected = new ConcurrentDictionary<(Guid, string, DateOnly), BigInteger>();
        var (unpriced, estimated) = (0, 0);

        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (index, _) =>
        {
            var call = MixedCall.Number(index);
            var person = people[index % people.Count];
            await BillAsync(house, person, call);
            if (call.Cost is { } cost)
                expected.AddOrUpdate((person.Id, call.Model, DateOnly.FromDateTime(call.At.UtcDateTime)), cost, (_, sum) => sum + cost);
            else
                Interlocked.Increment(ref unpriced);
            Interlocked.Add(ref estimated, call.IsEstimated ? 1 : 0);
        });

        var rows = await house.Services.GetRequiredService<Databases>().Main.QueryAsync<SumRow>(
            """
            SELECT person_id, model, at / 86400000000 AS day, COUNT(*) AS calls, CAST(SUM(cost) AS BIGINT) AS cost,
                CAST(SUM(CASE WHEN cost IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS unpriced, CAST(SUM(CASE WHEN estimated THEN 1 ELSE 0 END) AS BIGINT) AS estimated
            FROM gateway_ledger GROUP BY person_id, model, at / 86400000000
            """,
            null,
            default);
        rows.Sum(row => row.Calls).ShouldBe(Calls);
        rows.Sum(row => row.Unpriced).ShouldBe(unpriced);
        rows.Sum(row => row.Estimated).ShouldBe(estimated);
        unpriced.ShouldBeGreaterThan(100);
        estimated.ShouldBeGreaterThan(100);
        var sums = rows.Where(row => row.Cost is not null).ToDictionary(row => (row.PersonId, row.Model, DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(row.Day))), row => (BigInteger)row.Cost!.Value);
        sums.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (var (key, sum) in expected)
            sums[key].ShouldBe(sum, key.ToString());
        foreach (var person in people)
        {
            // The budget's account was changed by all writers at once, in the rows' own units.
            var spent = (await person.GetAsync("/api/budgets")).GetProperty("items")[0].GetProperty("spent").GetString();
            spent.ShouldBe(Money.FromPicodollars((long)expected.Where(sum => sum.Key.Item1 == person.Id).Aggregate(BigInteger.Zero, (all, sum) => all + sum.Value)).ToString());
        }
    }

    /// <summary>The prices until midnight count since ever; the ones after it were entered before.</summary>
    private static async Task SetPricesAsync(TestPerson admin)
    {
        foreach (var (model, rates) in Table)
        {
            for (var day = 0; day < rates.Length; day++)
                (await admin.SendAsync(HttpMethod.Put, "/api/admin/prices", rates[day].ToRequest(model, day == 0 ? null : "2026-11-21"))).Status.ShouldBe(200, model);
        }
    }

    private static async Task BillAsync(TestHouse house, TestPerson person, MixedCall mixed)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var (ledger, prices) = (scope.ServiceProvider.GetRequiredService<LedgerBook>(), house.Services.GetRequiredService<PriceTable>());
        var call = new ChatCall { PersonId = person.Id, Module = "tests", Feature = mixed.Images > 0 ? "image" : "answer", Messages = [new ChatMessage(ChatRole.User, mixed.Question)] };
        var route = new ChatRoute { ProviderId = "openai", ProviderName = "OpenAI", Model = mixed.Model };
        var budgeted = BudgetedCall.Of(call, route, null);
        // What has no price is refused where money is counted: it is billed without a hold, as before there was a budget.
        using var hold = mixed.Cost is null ? null : (await house.Services.GetRequiredService<BudgetKeeper>().HoldAsync(budgeted, new CallEstimate(1_000_000_000_000, 1, 1), default)).Hold;
        var bill = new CallBill(new BilledCall(person.Id, call.Module, call.Feature, null, null), route, hold, null, prices, ledger, new FakeClock(mixed.At));
        if (mixed.Images > 0)
        {
            await bill.Close(new Usage(mixed.Input, 0, 0, mixed.Output, 0, false) { Images = mixed.Images }, mixed.Status).Durable;
            return;
        }
        var meter = new Meter(call, bill);
        meter.Take(new ChatResponseUpdate(ChatRole.Assistant, mixed.Answer));
        if (!mixed.IsEstimated)
            meter.Take(mixed.ToDetails());
        await meter.BillAsync(mixed.Status);
    }

    private sealed record Rates(long Input, long Output)
    {
        public long? Cached { get; init; }

        public long? Written { get; init; }

        public long? Reasoning { get; init; }

        public long Image { get; init; }

        public long Request { get; init; }

        public long Above { get; init; } = long.MaxValue;

        public long LongInput { get; init; }

        public long LongOutput { get; init; }

        public long LongCached { get; init; }

        public object ToRequest(string model, string? from) => new
        {
            provider = "openai",
            model,
            from,
            input = Text(Input),
            output = Text(Output),
            cached = Cached is { } cached ? Text(cached) : null,
            cacheWrite = Written is { } written ? Text(written) : null,
            reasoning = Reasoning is { } reasoning ? Text(reasoning) : null,
            image = Image > 0 ? Text(Image) : null,
            request = Request > 0 ? Text(Request) : null,
            longContext = Above < long.MaxValue ? new { above = Above, input = Text(LongInput), output = Text(LongOutput), cached = Text(LongCached) } : null,
        };

        private static string Text(long micro) => (micro / 1_000_000m).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>One of the ten thousand, made from its number alone.</summary>
    private sealed record MixedCall(string Model, DateTimeOffset At, CallStatus Status, bool IsEstimated, long Input, long Cached, long Written, long Output, long Reasoning, long Images)
    {
        public string Question { get; } = "What is it?";

        public string Answer { get; } = "Seven words that nobody has to believe.";

        /// <summary>Picodollars; null where the model has no price.</summary>
        public BigInteger? Cost
        {
            get
            {
                if (!Table.TryGetValue(Model, out var table))
                    return null;
                var rates = table[At < Midnight ? 0 : 1];
                if (Images > 0)
                    return ((BigInteger)Images * rates.Image * 1_000_000) + ((BigInteger)Input * rates.Input);
                var isLong = Input > rates.Above;
                BigInteger input = isLong ? rates.LongInput : rates.Input;
                BigInteger output = isLong ? rates.LongOutput : rates.Output;
                BigInteger cached = isLong ? rates.LongCached : rates.Cached ?? rates.Input;
                return ((Input - Cached - Written) * input) + (Cached * cached) + (Written * (rates.Written ?? rates.Input))
                    + ((Output - Reasoning) * output) + (Reasoning * (isLong ? output : rates.Reasoning ?? rates.Output)) + ((BigInteger)rates.Request * 1_000_000);
            }
        }

        public static MixedCall Number(int index)
        {
            var random = new Random(index);
            string[] models = [.. Table.Keys, "nobody-knows"];
            var model = models[random.Next(models.Length)];
            // Some exactly at midnight, and one microsecond before it.
            var at = random.Next(5) switch { 0 => Midnight, 1 => Midnight.AddTicks(-10), _ => Midnight.AddSeconds(random.Next(-3_600, 3_600)) };
            var status = (CallStatus)random.Next(3);
            if (model == "picture")
                return new MixedCall(model, at, status, false, random.Next(2_000), 0, 0, random.Next(5_000), 0, random.Next(1, 5));
            if (random.Next(10) == 0 && model is not "picture")
            {
                var call = new MixedCall(model, at, status, true, 0, 0, 0, 0, 0, 0);
                var guess = Usage.From(TokenEstimate.Usage([new ChatMessage(ChatRole.User, call.Question)], call.Answer));
                return call with { Input = guess.Input, Output = guess.Output };
            }
            long input = model == "long" ? random.Next(50_000, 400_000) : random.Next(100_000);
            long cached = model is "cached" or "long" ? random.NextInt64(input + 1) : 0;
            long written = model == "cached" ? random.NextInt64(input - cached + 1) : 0;
            long output = random.Next(20_000);
            return new MixedCall(model, at, status, false, input, cached, written, output, model == "thinking" ? random.NextInt64(output + 1) : 0, 0);
        }

        public UsageDetails ToDetails() => new()
        {
            InputTokenCount = Input,
            CachedInputTokenCount = Cached,
            OutputTokenCount = Output,
            ReasoningTokenCount = Reasoning,
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { [UsageKeys.CacheWriteTokens] = Written },
        };
    }

    internal sealed record SumRow
    {
        public required Guid PersonId { get; init; }

        public required string Model { get; init; }

        public required long Day { get; init; }

        public required long Calls { get; init; }

        public long? Cost { get; init; }

        public required long Unpriced { get; init; }

        public required long Estimated { get; init; }
    }
}
