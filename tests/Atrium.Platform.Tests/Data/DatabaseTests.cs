using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Data.Sqlite;

namespace Atrium.Platform.Tests.Data;

public sealed class DatabaseTests
{
    private const string Table = "CREATE TABLE scratch_things (id bigint PRIMARY KEY, name text NOT NULL UNIQUE)";

    [Theory, BothEngines]
    public async Task Commits_a_unit_before_it_returns(DatabaseEngine engine)
    {
        await using var scratch = await Scratch.CreateAsync(engine);
        await scratch.Main.ExecuteAsync(Table, null, default);

        var count = await scratch.Main.WriteAsync(unit => unit.Execute("INSERT INTO scratch_things (id, name) VALUES (@Id, @Name)", new { Id = 1, Name = "one" }), default);

        count.ShouldBe(1);
        (await scratch.Main.ScalarAsync<string>("SELECT name FROM scratch_things WHERE id = 1", null, default)).ShouldBe("one");
    }

    [Theory, BothEngines]
    public async Task Rolls_back_a_failed_unit_alone_while_its_neighbours_commit(DatabaseEngine engine)
    {
        await using var scratch = await Scratch.CreateAsync(engine);
        await scratch.Main.ExecuteAsync(Table, null, default);

        var writes = Enumerable.Range(0, 200).Select(async number =>
        {
            try
            {
                await scratch.Main.WriteAsync(
                    unit =>
                    {
                        unit.Execute("INSERT INTO scratch_things (id, name) VALUES (@number, @name)", new { number, name = $"n{number}" });
                        if (number % 3 == 0)
                            throw new InvalidOperationException("on purpose");
                    },
                    default);
                return number;
            }
            catch (InvalidOperationException)
            {
                return -1;
            }
        });
        var kept = (await Task.WhenAll(writes)).Where(number => number >= 0).Order();

        (await scratch.Main.QueryAsync<int>("SELECT id FROM scratch_things ORDER BY id", null, default)).ShouldBe(kept);
    }

    [Theory, BothEngines]
    public async Task Refuses_a_unit_inside_a_unit(DatabaseEngine engine)
    {
        await using var scratch = await Scratch.CreateAsync(engine);

        await Should.ThrowAsync<InvalidOperationException>(() => scratch.Main.WriteAsync(_ => scratch.Main.ExecuteAsync("SELECT 1", null, default).GetAwaiter().GetResult(), default));
    }

    [Theory, BothEngines]
    public async Task Names_the_constraint_that_a_row_breaks(DatabaseEngine engine)
    {
        await using var scratch = await Scratch.CreateAsync(engine);
        await scratch.Main.ExecuteAsync(Table, null, default);
        await scratch.Main.ExecuteAsync("INSERT INTO scratch_things (id, name) VALUES (1, 'same')", null, default);

        var exception = await Should.ThrowAsync<UniqueViolationException>(() => scratch.Main.ExecuteAsync("INSERT INTO scratch_things (id, name) VALUES (2, 'same')", null, default));

        exception.Constraint.ShouldContain("name");
    }

    [Theory, BothEngines]
    [Keeps("Z-116")]
    public async Task Keeps_a_counter_exact_under_two_hundred_writers(DatabaseEngine engine)
    {
        await using var scratch = await Scratch.CreateAsync(engine);
        await scratch.Main.ExecuteAsync("CREATE TABLE scratch_counters (id bigint PRIMARY KEY, value bigint NOT NULL)", null, default);
        await scratch.Main.ExecuteAsync("INSERT INTO scratch_counters (id, value) VALUES (1, 0)", null, default);

        var values = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ =>
            scratch.Main.WriteAsync(unit => unit.Scalar<long>("UPDATE scratch_counters SET value = value + 1 WHERE id = 1 RETURNING value"), default)));

        values.Order().ShouldBe(Enumerable.Range(1, 200).Select(number => (long)number));
    }

    [Theory, BothEngines]
    public async Task Reads_every_kind_of_value_as_it_was_written(DatabaseEngine engine)
    {
        await using var scratch = await Scratch.CreateAsync(engine);
        await scratch.Main.ExecuteAsync(
            scratch.Main.Dialect == SqlDialect.Sqlite
                ? "CREATE TABLE scratch_rows (id TEXT PRIMARY KEY, at bigint NOT NULL, ended_at bigint, cost bigint, is_open boolean NOT NULL, bytes BLOB)"
                : "CREATE TABLE scratch_rows (id uuid PRIMARY KEY, at bigint NOT NULL, ended_at bigint, cost bigint, is_open boolean NOT NULL, bytes bytea)",
            null,
            default);
        var row = new ScratchRow { Id = Guid.CreateVersion7(), At = DateTimeOffset.UnixEpoch.AddTicks(17_000_000_000_000_010), EndedAt = null, Cost = new Money(0.000000000001m), IsOpen = true, Bytes = [1, 2, 3] };

        await scratch.Main.ExecuteAsync("INSERT INTO scratch_rows (id, at, ended_at, cost, is_open, bytes) VALUES (@Id, @At, @EndedAt, @Cost, @IsOpen, @Bytes)", row, default);
        var read = await scratch.Main.QuerySingleOrDefaultAsync<ScratchRow>("SELECT * FROM scratch_rows WHERE id = @Id AND is_open = true", new { row.Id }, default);

        read.ShouldNotBeNull();
        (read with { Bytes = row.Bytes }).ShouldBe(row);
        read.Bytes.ShouldBe(row.Bytes);
    }

    [Fact]
    public async Task Answers_unavailable_while_another_process_holds_the_lock_and_reads_go_on()
    {
        await using var scratch = await Scratch.CreateAsync(DatabaseEngine.Sqlite);
        await scratch.Main.ExecuteAsync(Table, null, default);
        await using var other = new SqliteConnection($"Data Source={scratch.Settings.DataFile("atrium.db")};Pooling=False");
        await other.OpenAsync();
        await using var hold = other.BeginTransaction(deferred: false);

        await Should.ThrowAsync<DatabaseUnavailableException>(() => scratch.Main.ExecuteAsync("INSERT INTO scratch_things (id, name) VALUES (1, 'late')", null, default));

        (await scratch.Main.ScalarAsync<int>("SELECT COUNT(*) FROM scratch_things", null, default)).ShouldBe(0);
        await hold.RollbackAsync();
        (await scratch.Main.ExecuteAsync("INSERT INTO scratch_things (id, name) VALUES (1, 'now')", null, default)).ShouldBe(1);
    }

    [Fact]
    [Keeps("H-030", "B-051")]
    public async Task Uses_wal_with_full_sync_and_readers_that_cannot_write()
    {
        await using var scratch = await Scratch.CreateAsync(DatabaseEngine.Sqlite);

        (await scratch.Main.WriteAsync(unit => unit.Scalar<int>("PRAGMA synchronous"), default)).ShouldBe(2);
        (await scratch.Databases.Streams.WriteAsync(unit => unit.Scalar<int>("PRAGMA synchronous"), default)).ShouldBe(1);
        (await scratch.Main.ScalarAsync<string>("PRAGMA journal_mode", null, default)).ShouldBe("wal");
        await Should.ThrowAsync<DatabaseUnavailableException>(() => scratch.Main.QueryAsync<int>("CREATE TABLE sneaky (id bigint)", null, default));
    }

    [Theory, BothEngines]
    [Asvs("1.2.4")]
    public async Task Treats_wildcards_in_a_search_as_themselves(DatabaseEngine engine)
    {
        await using var scratch = await Scratch.CreateAsync(engine);
        await scratch.Main.ExecuteAsync(Table, null, default);
        foreach (var (id, name) in new[] { (1, "100% sure"), (2, "1000 sure"), (3, "a_b"), (4, "acb"), (5, @"c\d") })
            await scratch.Main.ExecuteAsync("INSERT INTO scratch_things (id, name) VALUES (@id, @name)", new { id, name }, default);

        async Task<IReadOnlyList<int>> Find(string text) =>
            await scratch.Main.QueryAsync<int>($"SELECT id FROM scratch_things WHERE {scratch.Main.Dialect.Contains("name", "@pattern")} ORDER BY id", new { pattern = SqlDialect.EscapeLike(text) }, default);

        (await Find("100%")).ShouldBe([1]);
        (await Find("A_B")).ShouldBe([3]);
        (await Find(@"c\d")).ShouldBe([5]);
        (await Find("SURE")).ShouldBe([1, 2]);
    }

    internal sealed record ScratchRow
    {
        public required Guid Id { get; init; }

        public required DateTimeOffset At { get; init; }

        public required DateTimeOffset? EndedAt { get; init; }

        public required Money? Cost { get; init; }

        public required bool IsOpen { get; init; }

        public required byte[]? Bytes { get; init; }
    }
}
