using Atrium.Platform.Data;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Atrium.Platform.Backups;

/// <summary>
/// A consistent copy of one store while it is in use. SQLite: one online copy of the file. PostgreSQL: a binary COPY of each table inside one
/// repeatable-read transaction, loaded back in the order of their foreign keys.
/// </summary>
internal static class StoreDump
{
    private const string SqliteFile = "store.db";

    public static async Task WriteAsync(Database database, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        if (database.Engine is SqliteEngine sqlite)
            await Task.Run(() => CopySqlite(sqlite, Path.Combine(folder, SqliteFile)), cancellation);
        else
            await CopyTablesAsync(((PostgresEngine)database.Engine).Source, folder, cancellation);
    }

    /// <summary>Loads a copy into an empty store. SQLite: the store's file must not be open. PostgreSQL: its schema must be the copy's.</summary>
    public static async Task ReadAsync(Database database, string folder, CancellationToken cancellation)
    {
        if (database.Engine is SqliteEngine sqlite)
            File.Copy(Path.Combine(folder, SqliteFile), sqlite.Path, overwrite: false);
        else
            await LoadTablesAsync(((PostgresEngine)database.Engine).Source, folder, cancellation);
    }

    private static void CopySqlite(SqliteEngine engine, string file)
    {
        using var source = engine.OpenReader();
        using (var target = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            target.Open();
            source.BackupDatabase(target);
            SqliteEngine.Execute(target, "PRAGMA journal_mode = DELETE");
        }
        using var stream = File.OpenRead(file);
        using var check = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        check.Open();
        if (check.ExecuteScalar<string>("PRAGMA integrity_check") is var verdict && verdict != "ok")
            throw new BackupException($"The database fails its integrity check: {verdict}");
    }

    private static async Task CopyTablesAsync(NpgsqlDataSource source, string folder, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        foreach (var table in await TablesAsync(connection, snapshot))
        {
            var columns = await connection.QueryAsync<string>("SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = @table AND is_generated = 'NEVER' ORDER BY ordinal_position", new { table }, snapshot);
            var list = string.Join(", ", columns.Select(column => $"\"{column}\""));
            await File.WriteAllTextAsync(Path.Combine(folder, table + ".columns"), list, cancellation);
            await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY (SELECT {list} FROM \"{table}\") TO STDOUT (FORMAT BINARY)", cancellation);
            await using var file = File.Create(Path.Combine(folder, table + ".copy"));
            await copy.CopyToAsync(file, cancellation);
            file.Flush(flushToDisk: true);
        }
    }

    private static async Task LoadTablesAsync(NpgsqlDataSource source, string folder, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var tables = await TablesAsync(connection, transaction);
        foreach (var table in tables)
        {
            if (table != "platform_migrations" && await connection.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM \"{table}\")", transaction: transaction))
                throw new BackupException("The database is not empty. Restore into an empty one.");
        }
        await connection.ExecuteAsync("DELETE FROM platform_migrations", transaction: transaction);
        foreach (var table in tables.Where(table => File.Exists(Path.Combine(folder, table + ".copy"))))
        {
            var list = await File.ReadAllTextAsync(Path.Combine(folder, table + ".columns"), cancellation);
            await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" ({list}) FROM STDIN (FORMAT BINARY)", cancellation);
            await using var file = File.OpenRead(Path.Combine(folder, table + ".copy"));
            await file.CopyToAsync(copy, cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    /// <returns>All tables, referenced ones before those that refer to them.</returns>
    private static async Task<List<string>> TablesAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var tables = (await connection.QueryAsync<string>("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename", transaction: transaction)).AsList();
        var references = (await connection.QueryAsync<(string From, string To)>(
            "SELECT c.conrelid::regclass::text, c.confrelid::regclass::text FROM pg_constraint c WHERE c.contype = 'f'", transaction: transaction)).ToLookup(pair => pair.From, pair => pair.To);
        var ordered = new List<string>(tables.Count);
        foreach (var table in tables)
            Visit(table, []);
        return ordered;

        void Visit(string table, HashSet<string> path)
        {
            if (ordered.Contains(table) || !path.Add(table))
                return;
            foreach (var referenced in references[table])
                Visit(referenced, path);
            ordered.Add(table);
        }
    }
}
