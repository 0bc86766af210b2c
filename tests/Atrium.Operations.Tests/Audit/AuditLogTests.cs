using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Platform.Data;
using Atrium.Platform.Security.Audit;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Operations.Tests.Audit;

[Keeps("L-071")]
public sealed class AuditLogTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A house whose log has 12 rows after the admin's registration.</summary>
    private static async Task<TestHouse> StartAsync(DatabaseEngine engine)
    {
        var house = await TestHouse.StartAsync(engine, replace: services => services.AddSingleton<TimeProvider>(new FakeClock(Start)));
        await house.AdminAsync();
        var log = house.Services.GetRequiredService<AuditLog>();
        for (var number = 1; number <= 12; number++)
        {
            var entry = new AuditEntry { Action = number % 2 == 0 ? "test.even" : "test.odd", ActorId = Guid.CreateVersion7(Start), Network = "192.0.2.1", Details = new Dictionary<string, string> { ["number"] = $"=\"{number}\"" } };
            await log.AppendAsync(entry, Start.AddMinutes(number), default);
        }
        return house;
    }

    private static Database DatabaseOf(TestHouse house) => house.Services.GetRequiredService<Database>();

    private static Task<AuditVerdict> VerifyAsync(TestHouse house) => house.Services.GetRequiredService<AuditLog>().VerifyAsync(default);

    /// <summary>What somebody does first who has the database's own rights.</summary>
    private static async Task RemoveGuardAsync(TestHouse house)
    {
        string[] statements = house.Engine == DatabaseEngine.Sqlite
            ? ["DROP TRIGGER platform_audit_keeps_rows", "DROP TRIGGER platform_audit_keeps_words"]
            : ["DROP TRIGGER platform_audit_keeps_rows ON platform_audit"];
        foreach (var statement in statements)
            await DatabaseOf(house).ExecuteAsync(statement, null, default);
    }

    [Theory, BothEngines]
    public async Task Is_whole_after_many_wrote_at_once(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var log = house.Services.GetRequiredService<AuditLog>();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => log.AppendAsync(new AuditEntry { Action = "test.race", Network = "" }, Start, default)));

        var verdict = await VerifyAsync(house);
        verdict.Fault.ShouldBeNull();
        verdict.Rows.ShouldBe(213);
    }

    [Theory, BothEngines]
    public async Task Refuses_to_change_or_lose_a_row(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);

        await Should.ThrowAsync<System.Data.Common.DbException>(() => DatabaseOf(house).ExecuteAsync("UPDATE platform_audit SET network = '' WHERE sequence = 3", null, default));
        await Should.ThrowAsync<System.Data.Common.DbException>(() => DatabaseOf(house).ExecuteAsync("DELETE FROM platform_audit WHERE sequence = 3", null, default));
        (await VerifyAsync(house)).Fault.ShouldBeNull();
    }

    [Theory, BothEngines]
    [Asvs("16.4.2")]
    public async Task Finds_one_flipped_byte_in_any_field(DatabaseEngine engine)
    {
        foreach (var change in new[]
                 {
                     "at = at + 1", "actor_id = NULL", "actor_name = 'x'", "action = 'test.evem'", "target = 'x'", "network = '192.0.2.0'", "details = replace(details, '5', '4')", "hash = previous_hash", "previous_hash = hash",
                 })
        {
            await using var house = await StartAsync(engine);
            await RemoveGuardAsync(house);
            (await DatabaseOf(house).ExecuteAsync($"UPDATE platform_audit SET {change} WHERE sequence = 6", null, default)).ShouldBe(1);

            var verdict = await VerifyAsync(house);

            verdict.Fault.ShouldBe("Row 6 is not what was written.", change);
            verdict.Rows.ShouldBe(5);
        }
    }

    [Theory, BothEngines]
    public async Task Finds_rows_that_are_gone_in_the_middle_at_the_end_and_altogether(DatabaseEngine engine)
    {
        foreach (var (condition, fault) in new[]
                 {
                     ("sequence = 4", "Row 4 is missing."), ("sequence = 1", "Row 1 is missing."), ("sequence > 11", "The log ends at row 11 and should end at row 13."), ("sequence > 0", "The log ends at row 0 and should end at row 13."),
                 })
        {
            await using var house = await StartAsync(engine);
            await RemoveGuardAsync(house);
            await DatabaseOf(house).ExecuteAsync($"DELETE FROM platform_audit WHERE {condition}", null, default);

            (await VerifyAsync(house)).Fault.ShouldBe(fault);
        }
    }

    [Theory, BothEngines]
    public async Task An_admin_reads_it_in_pages_and_by_action_actor_and_time(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();
        async Task<JsonElement> ReadAsync(string query) => await admin.Client.GetFromJsonAsync<JsonElement>("/api/admin/audit?" + query);
        static IEnumerable<long> Sequences(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sequence").GetInt64());

        var first = await ReadAsync("limit=8");
        Sequences(first).ShouldBe([13, 12, 11, 10, 9, 8, 7, 6]);
        var second = await ReadAsync("limit=8&cursor=" + first.GetProperty("next").GetInt64());
        Sequences(second).ShouldBe([5, 4, 3, 2, 1]);
        second.TryGetProperty("next", out _).ShouldBeFalse();

        Sequences(await ReadAsync("action=test.even&limit=3")).ShouldBe([13, 11, 9]);
        Sequences(await ReadAsync("action=test.even&actor=" + admin.Id)).ShouldBeEmpty();
        Sequences(await ReadAsync("actor=" + admin.Id)).ShouldBe([1]);
        Sequences(await ReadAsync("from=2026-11-20T09:03:00Z&to=2026-11-20T09:05:00Z")).ShouldBe([5, 4]);
        first.GetProperty("items")[0].GetProperty("details").GetProperty("number").GetString().ShouldBe("=\"12\"");
    }

    [Theory, BothEngines]
    [Asvs("1.2.1")]
    public async Task An_admin_takes_it_away_as_a_table_in_which_no_cell_is_a_formula(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();
        await house.Services.GetRequiredService<AuditLog>().AppendAsync(new AuditEntry { Action = "=HYPERLINK(\"http://x\")", Network = "" }, Start, default);

        using var answer = await admin.Client.GetAsync("/api/admin/audit/export");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition?.FileName?.Trim('"').ShouldBe("audit.csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        lines.Length.ShouldBe(16);
        lines[0].ShouldBe("sequence,at,actor_id,actor_name,action,target,network,details,hash");
        lines[1].ShouldContain("\"'=HYPERLINK(\"\"http://x\"\")\"");
        lines[14].ShouldContain($"\"{admin.Username}\",\"accounts.registered\"");
    }

    [Fact]
    public async Task The_command_says_whether_it_is_whole()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.Client.PostAsJsonAsync("/api/register", new { username = "operator-1", password = TestHouse.Password, setupToken = server.SetupToken });
        await server.StopAsync();

        (await server.RunAsync("audit", "verify")).ShouldBe(0, server.Output);
        server.Output.ShouldContain("Whole: 1 rows.");
        using (var process = System.Diagnostics.Process.Start("sqlite3", [Path.Combine(server.DataFolder, "atrium.db"), "DROP TRIGGER platform_audit_keeps_words; UPDATE platform_audit SET network = '127.0.0.2'"]))
            await process.WaitForExitAsync();

        (await server.RunAsync("audit", "verify")).ShouldBe(1, server.Output);
        server.Output.ShouldContain("Row 1 is not what was written.");
    }
}
