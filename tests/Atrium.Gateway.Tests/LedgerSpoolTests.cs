using Atrium.Contracts.Gateway;
using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>Money that was spent while the database took no rows.</summary>
public sealed class LedgerSpoolTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    [Keeps("H-040")]
    public async Task A_row_the_database_does_not_take_waits_on_disk_and_is_counted_once(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, GatewayHouses.FastTimeouts);
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.First, model: "gpt-5.4");
        await ExecuteAsync(house, "ALTER TABLE gateway_ledger RENAME TO gateway_ledger_away");

        var bill = (await house.AskAsync(person, "hello")).OfType<ChatBilled>().Single();
        await Should.ThrowAsync<Exception>(() => Spool(house).ReplayAsync(default));
        var waiting = await File.ReadAllTextAsync(SpoolFile(house));
        await ExecuteAsync(house, "ALTER TABLE gateway_ledger_away RENAME TO gateway_ledger");
        await File.AppendAllTextAsync(SpoolFile(house), waiting + "\n{\"id\":\"019a");
        await house.RestartAsync();
        await Spool(house).ReplayAsync(default);

        waiting.ShouldContain("gpt-5.4");
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            row => row.Cost.ShouldBe(bill.Cost),
            row => row.InputTokens.ShouldBe(bill.Usage.Input),
            row => row.OutputTokens.ShouldBe(bill.Usage.Output),
            row => row.Status.ShouldBe("complete"));
        new FileInfo(SpoolFile(house)).Length.ShouldBe(0);
        (await person.GetAsync("/api/costs?days=1")).GetProperty("total_requests").GetInt64().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task The_spool_is_emptied_each_minute(DatabaseEngine engine)
    {
        var clock = new FakeClock();
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services => services.AddSingleton<TimeProvider>(clock));
        var person = await house.PersonAsync();
        await Spool(house).AppendAsync(Row(person, 7));
        await Spool(house).AppendAsync(Row(person, 8));

        // The clock moves at once and the round runs behind it: reading the ledger gives it time.
        for (var round = 0; round < 1_000 && (await house.LedgerAsync(person)).Count < 2; round++)
            clock.Advance(ReplaySpooledRows.Interval);

        (await house.LedgerAsync(person)).Select(row => row.InputTokens).ShouldBe([7, 8], ignoreOrder: true);
    }

    [Theory, BothEngines]
    public async Task Many_rows_at_once_are_all_kept(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        await Parallel.ForAsync(0, 450, async (number, _) => await Spool(house).AppendAsync(Row(person, number)));
        await Spool(house).ReplayAsync(default);

        (await house.LedgerAsync(person)).Select(row => row.InputTokens).Order().ShouldBe(Enumerable.Range(0, 450).Select(number => (long)number));
    }

    private static LedgerSpool Spool(TestHouse house) => house.Services.GetRequiredService<LedgerSpool>();

    private static string SpoolFile(TestHouse house) => Path.Combine(house.DataFolder, "ledger-spool.jsonl");

    private static Gateway.Ledger.LedgerRow Row(TestPerson person, int tokens) => Gateway.Ledger.LedgerRow.Of(
        new LedgerEntry(person.Id, null, "tests", "answer", "openai", "gpt-5.4", new Usage(tokens, 0, 0, 1, 0, false), 0.25m, CallStatus.Complete), DateTimeOffset.UnixEpoch.AddYears(56));

    private static Task ExecuteAsync(TestHouse house, string sql) => house.Services.GetRequiredService<Databases>().Main.ExecuteAsync(sql, null, default);
}
