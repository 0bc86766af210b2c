using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Atrium.Platform.Data;

/// <summary>How often SQLite syncs: FULL for what was acknowledged, NORMAL for streams that may lose their last moments.</summary>
internal enum SqliteDurability
{
    Full,
    Normal,
}

/// <summary>A SQLite file in WAL mode: one writer thread with group commit, a bounded set of readers.</summary>
internal sealed class SqliteEngine : IDatabaseEngine
{
    private const int ReaderCount = 8;
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    private readonly string path;
    private readonly SqliteDurability durability;
    private readonly bool erasesDeleted;
    private readonly SemaphoreSlim readers = new(ReaderCount);
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly Lazy<SqliteWriter> writer;

    /// <param name="erasesDeleted">Every deleted byte is overwritten; otherwise only where that costs no further write.</param>
    public SqliteEngine(string path, SqliteDurability durability, bool erasesDeleted = false)
    {
        SqliteLibrary.EnsureLoaded();
        this.path = path;
        this.durability = durability;
        this.erasesDeleted = erasesDeleted;
        writer = new Lazy<SqliteWriter>(() => new SqliteWriter(OpenWriter(), OpenReader));
    }

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public string Path => path;

    public async ValueTask<ReadLease> OpenReadAsync(CancellationToken cancellation)
    {
        await readers.WaitAsync(cancellation);
        try
        {
            return new ReadLease(idle.TryTake(out var connection) ? connection : OpenReader(), GiveBack);
        }
        catch
        {
            readers.Release();
            throw;
        }
    }

    public Task<T> WriteAsync<T>(Func<WriteUnit, T> unit, CancellationToken cancellation) => writer.Value.WriteAsync(unit, cancellation);

    public Task MigrateAsync(Action<DbConnection> migrate, CancellationToken cancellation)
    {
        using var connection = OpenWriter();
        migrate(connection);
        return Task.CompletedTask;
    }

    public Task EraseDeletedAsync(string table, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var connection = Open();
            Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        },
        cancellation);

    public Exception? Translate(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => new DatabaseUnavailableException("Another process is using the database.", exception),
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => new StorageFullException(exception),
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT } =>
            new DatabaseUnavailableException("The database file cannot be used.", exception),
        SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY } unique =>
            new UniqueViolationException(ConstraintOf(unique.Message), unique),
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        if (writer.IsValueCreated)
            await writer.Value.DisposeAsync();
        while (idle.TryTake(out var connection))
            await connection.DisposeAsync();
        readers.Dispose();
    }

    internal SqliteConnection OpenReader()
    {
        var connection = Open();
        Execute(connection, "PRAGMA query_only = ON");
        return connection;
    }

    private SqliteConnection OpenWriter()
    {
        var connection = Open();
        Execute(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {durability}; PRAGMA foreign_keys = ON; PRAGMA secure_delete = {(erasesDeleted ? "ON" : "FAST")}; PRAGMA wal_autocheckpoint = 0");
        return connection;
    }

    private SqliteConnection Open()
    {
        // Pooling is off: this class is the pool, and a pooled connection would keep files open after disposal.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = (int)BusyTimeout.TotalSeconds }.ToString());
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {(int)BusyTimeout.TotalMilliseconds}; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private ValueTask GiveBack(DbConnection connection)
    {
        idle.Add((SqliteConnection)connection);
        readers.Release();
        return ValueTask.CompletedTask;
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // "SQLite Error 19: 'UNIQUE constraint failed: accounts_people.username_key'."
    private static string ConstraintOf(string message) =>
        message.Split("failed: ", 2) is [_, var rest] ? rest.TrimEnd('.', '\'') : "unknown";
}
