using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Platform.Tests.Security;

/// <summary>Limits that the servers of a house share.</summary>
[Keeps("B-017")]
public sealed class SharedWindowsTests(HousePair houses) : IClassFixture<HousePair>
{
    private static readonly RateLimit Small = new(10, TimeSpan.FromMinutes(1));
    private static readonly RateLimit Large = new(600, TimeSpan.FromMinutes(1));

    private readonly FakeClock clock = new();

    public static TheoryData<DatabaseEngine> Postgres => TwoServers.Engine;

    private async Task<SharedWindows[]> ServersAsync(DatabaseEngine engine, int count)
    {
        var database = (await houses.OnAsync(engine)).Services.GetRequiredKeyedService<Database>(Databases.StreamsName);
        return [.. Enumerable.Range(0, count).Select(_ => new SharedWindows(database, clock))];
    }

    [Theory, MemberData(nameof(Postgres))]
    public async Task A_small_limit_is_exact_whichever_server_is_asked(DatabaseEngine engine)
    {
        var servers = await ServersAsync(engine, 2);
        const string Key = "exact";

        for (var taken = 1; taken <= Small.Requests; taken++)
            (await servers[taken % 2].TakeAsync(1, Key, Small, default)).ShouldBe(new SlidingVerdict(true, Small.Requests, Small.Requests - taken, Small.Window));
        foreach (var server in servers)
            (await server.TakeAsync(1, Key, Small, default)).ShouldBe(new SlidingVerdict(false, Small.Requests, 0, Small.Window));
        (await servers[0].TakeAsync(2, Key, Small, default)).IsAllowed.ShouldBeTrue();

        clock.Advance(Small.Window - TimeSpan.FromMicroseconds(1));
        foreach (var server in servers)
            (await server.TakeAsync(1, Key, Small, default)).IsAllowed.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMicroseconds(1));
        foreach (var server in servers)
            (await server.TakeAsync(1, Key, Small, default)).IsAllowed.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Postgres))]
    public async Task Of_a_storm_on_three_servers_no_more_than_the_limit_come_through(DatabaseEngine engine)
    {
        var servers = await ServersAsync(engine, 3);

        foreach (var rule in new[] { Small, Large })
        {
            var verdicts = await Task.WhenAll(Enumerable.Range(0, rule.Requests * 3).Select(number => servers[number % 3].TakeAsync(3, $"storm {rule.Requests}", rule, default)));
            verdicts.Count(verdict => verdict.IsAllowed).ShouldBeInRange(rule.Requests * 9 / 10, rule.Requests);
        }
    }

    [Theory, MemberData(nameof(Postgres))]
    public async Task In_no_window_are_more_than_the_limit_and_steady_asking_gets_most_of_it(DatabaseEngine engine)
    {
        var servers = await ServersAsync(engine, 2);
        var random = new Random(11);
        var allowed = new Queue<DateTimeOffset>();
        var (most, passed) = (0, 0);

        for (var request = 0; request < 6_000; request++)
        {
            // Bursts and pauses around twice what is allowed.
            clock.Advance(random.Next(50) == 0 ? TimeSpan.FromSeconds(random.Next(4)) : TimeSpan.FromMilliseconds(random.Next(60)));
            if ((await servers[random.Next(2)].TakeAsync(4, "steady", Large, default)).IsAllowed)
            {
                allowed.Enqueue(clock.GetUtcNow());
                passed++;
            }
            while (allowed.Count > 0 && clock.GetUtcNow() - allowed.Peek() >= Large.Window)
                allowed.Dequeue();
            most = Math.Max(most, allowed.Count);
        }

        most.ShouldBeLessThanOrEqualTo(Large.Requests);
        most.ShouldBeGreaterThan(Large.Requests / 2);
        passed.ShouldBeGreaterThan(Large.Requests);
    }

    [Theory, MemberData(nameof(Postgres))]
    public async Task Asks_the_database_seldom_in_a_burst_and_not_at_all_once_refused(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var server = (await ServersAsync(engine, 1))[0];
        var database = house.Services.GetRequiredService<Database>();
        async Task<long> BlocksAsync() => await database.ScalarAsync<long>("SELECT COALESCE(MAX(length(blocks)), 0) / 12 FROM platform_limits WHERE limit_key = 'burst'", null, default);

        for (var request = 0; request < 1_000; request++)
            await server.TakeAsync(5, "burst", Large, default);

        // 1, 2, 4, 8, 16 and then 30 at once.
        (await BlocksAsync()).ShouldBeInRange(20, 26);
        await database.ExecuteAsync("DELETE FROM platform_limits WHERE limit_key = 'burst'", null, default);
        (await server.TakeAsync(5, "burst", Large, default)).IsAllowed.ShouldBeFalse();
        (await BlocksAsync()).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Postgres))]
    public async Task Rows_of_empty_windows_are_removed(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var server = (await ServersAsync(engine, 1))[0];
        await server.TakeAsync(6, "gone", Small, default);

        await server.ForgetAsync(default);
        (await RowsAsync()).ShouldBe(1);
        clock.Advance(Small.Window + TimeSpan.FromSeconds(1));
        await server.ForgetAsync(default);
        (await RowsAsync()).ShouldBe(0);

        Task<long> RowsAsync() => house.Services.GetRequiredService<Database>().ScalarAsync<long>("SELECT COUNT(*) FROM platform_limits WHERE limit_key = 'gone'", null, default);
    }
}
