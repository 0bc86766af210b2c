using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Atrium.Platform.Modules;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Atrium.Platform.Data;

/// <summary>
/// Applies the numbered SQL files of each module (<c>Schema/0001-name.sql</c>; <c>Schema/Keys</c> and <c>Schema/Streams</c> go to those stores)
/// under a lock, each in a transaction of its own, and refuses files that changed after they were applied.
/// Files are written in PostgreSQL's types; on SQLite uuid becomes TEXT, bytea BLOB, jsonb TEXT. A line <c>-- sqlite</c> or <c>-- postgres</c> starts a
/// section for that engine only, <c>-- both</c> ends it.
/// </summary>
public sealed partial class Migrator(ModuleList modules, Databases databases, TimeProvider clock, ILogger<Migrator> logger)
{
    /// <param name="beforeChange">Runs once, before the first change to a store that already has a schema: the place for a backup.</param>
    public async Task MigrateAsync(Func<Task> beforeChange, CancellationToken cancellation)
    {
        var guard = new Lazy<Task>(beforeChange);
        await MigrateAsync(databases.Keys, "Keys", guard, cancellation);
        await MigrateAsync(databases.Main, "", guard, cancellation);
        await MigrateAsync(databases.Streams, "Streams", guard, cancellation);
    }

    /// <summary>For a restore: only the files that <paramref name="isWanted"/> takes, as <c>module/number</c>, of the stores that share PostgreSQL's main database.</summary>
    internal async Task MigrateMainAsync(Func<string, bool> isWanted, CancellationToken cancellation)
    {
        await MigrateAsync(databases.Main, "", NoBackup, cancellation, isWanted);
        await MigrateAsync(databases.Streams, "Streams", NoBackup, cancellation, isWanted);
    }

    internal Task MigrateKeysAsync(CancellationToken cancellation) => MigrateAsync(databases.Keys, "Keys", NoBackup, cancellation);

    private static Lazy<Task> NoBackup => new(Task.CompletedTask);

    private async Task MigrateAsync(Database database, string store, Lazy<Task> beforeChange, CancellationToken cancellation, Func<string, bool>? isWanted = null)
    {
        var files = modules.Schemas
            .SelectMany(module => FilesOf(module.Name, module.Assembly, store))
            .Where(file => isWanted is null || isWanted($"{file.Module}/{file.Number}"))
            .ToList();
        if (files.Count == 0)
            return;
        if (await IsBehindAsync(database, files, cancellation))
            await beforeChange.Value;
        try
        {
            await database.Engine.MigrateAsync(connection => Apply(connection, database.Dialect, files), cancellation);
        }
        catch (Exception exception) when (database.Engine.Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    private static async Task<bool> IsBehindAsync(Database database, List<SchemaFile> files, CancellationToken cancellation)
    {
        try
        {
            var applied = await database.QueryAsync<AppliedRow>("SELECT module, number, checksum FROM platform_migrations", null, cancellation);
            return applied.Count > 0 && files.Exists(file => !applied.Any(row => row.Module == file.Module && row.Number == file.Number));
        }
        catch (DbException)
        {
            return false;
        }
    }

    private void Apply(DbConnection connection, SqlDialect dialect, List<SchemaFile> files)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS platform_migrations (module TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (module, number))");
        foreach (var file in files)
        {
            using var transaction = connection.BeginTransaction();
            var applied = connection.QuerySingleOrDefault<AppliedRow>("SELECT module, number, checksum FROM platform_migrations WHERE module = @Module AND number = @Number", new { file.Module, file.Number }, transaction);
            if (applied is not null)
            {
                if (applied.Checksum != file.Checksum)
                    throw new InvalidOperationException($"Schema file {file.Module}/{file.Name} was changed after it was applied. Add a new file instead.");
                continue;
            }
            connection.Execute(file.For(dialect), transaction: transaction);
            connection.Execute(
                "INSERT INTO platform_migrations (module, number, name, checksum, applied_at) VALUES (@Module, @Number, @Name, @Checksum, @AppliedAt)",
                new { file.Module, file.Number, file.Name, file.Checksum, AppliedAt = clock.GetUtcNow() },
                transaction);
            transaction.Commit();
            LogApplied(file.Module, file.Name);
        }
    }

    private static IEnumerable<SchemaFile> FilesOf(string module, Assembly assembly, string store)
    {
        var prefix = assembly.GetName().Name + ".Schema." + (store.Length == 0 ? "" : store + ".");
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(name[prefix.Length]))
            .Order(StringComparer.Ordinal)
            .Select(name => SchemaFile.Read(store.Length == 0 ? module : module + "." + store.ToLowerInvariant(), assembly, name, name[prefix.Length..]));
    }

    [LoggerMessage(LogLevel.Information, "Applied schema file {Module}/{Name}")]
    private partial void LogApplied(string module, string name);

    internal sealed record AppliedRow
    {
        public required string Module { get; init; }

        public required int Number { get; init; }

        public required string Checksum { get; init; }
    }

    internal sealed partial record SchemaFile(string Module, int Number, string Name, string Sql, string Checksum)
    {
        public static SchemaFile Read(string module, Assembly assembly, string resource, string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            return new SchemaFile(module, int.Parse(name.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture), name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }

        public string For(SqlDialect dialect)
        {
            var isSqlite = dialect == SqlDialect.Sqlite;
            var text = new StringBuilder();
            var isWanted = true;
            foreach (var line in Sql.Split('\n'))
            {
                var section = line.Trim();
                if (section is "-- sqlite" or "-- postgres" or "-- both")
                    isWanted = section == "-- both" || section == (isSqlite ? "-- sqlite" : "-- postgres");
                else if (isWanted)
                    text.Append(line).Append('\n');
            }
            return isSqlite ? SqliteTypes().Replace(text.ToString(), match => match.Value is "bytea" ? "BLOB" : "TEXT") : text.ToString();
        }

        [GeneratedRegex(@"\b(uuid|bytea|jsonb)\b", RegexOptions.NonBacktracking)]
        private static partial Regex SqliteTypes();
    }
}
