using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Atrium.Platform.Data;

/// <summary>A PostgreSQL database. Each unit is a transaction on a pooled connection; deadlocks and serialization failures are run again.</summary>
internal sealed class PostgresEngine : IDatabaseEngine
{
    private const int WriterCount = 16;
    private const int ReaderCount = 24;
    private const int Attempts = 4;
    private const long MigrationLock = 0x417472_69756D;

    // Two pools, each behind a gate of its size: a burst of readers waits at its gate, in order, instead of timing out in the pool, and never holds up a writer.
    private readonly NpgsqlDataSource source;
    private readonly NpgsqlDataSource writeSource;
    private readonly SemaphoreSlim readers = new(ReaderCount);
    private readonly SemaphoreSlim writers = new(WriterCount);

    /// <param name="connectionString">Npgsql's form, not an address.</param>
    /// <param name="commitsAsynchronously">True for streams: a crash may lose the last moments, never consistency.</param>
    public PostgresEngine(string connectionString, bool commitsAsynchronously)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "atrium",
            Timeout = 5,
            CommandTimeout = 30,
            MaxPoolSize = ReaderCount,
            KeepAlive = 30,
        };
        if (commitsAsynchronously)
            builder.Options = "-c synchronous_commit=off";
        source = NpgsqlDataSource.Create(builder);
        builder.MaxPoolSize = WriterCount;
        writeSource = NpgsqlDataSource.Create(builder);
    }

    public SqlDialect Dialect => SqlDialect.Postgres;

    internal NpgsqlDataSource Source => source;

    public async ValueTask<ReadLease> OpenReadAsync(CancellationToken cancellation)
    {
        await readers.WaitAsync(cancellation);
        try
        {
            return new ReadLease(await source.OpenConnectionAsync(cancellation), GiveBackAsync);
        }
        catch
        {
            readers.Release();
            throw;
        }
    }

    public async Task<T> WriteAsync<T>(Func<WriteUnit, T> unit, CancellationToken cancellation)
    {
        await writers.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => RunWithRetries(unit), CancellationToken.None);
        }
        finally
        {
            writers.Release();
        }
    }

    public async Task MigrateAsync(Action<DbConnection> migrate, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({MigrationLock})", connection);
        await take.ExecuteNonQueryAsync(cancellation);
        try
        {
            migrate(connection);
        }
        finally
        {
            await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({MigrationLock})", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    public async Task EraseDeletedAsync(string table, CancellationToken cancellation)
    {
        await using var vacuum = source.CreateCommand($"VACUUM {table}");
        await vacuum.ExecuteNonQueryAsync(cancellation);
    }

    public Exception? Translate(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } unique => new UniqueViolationException(unique.ConstraintName ?? "unknown", unique),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StorageFullException(exception),
        // 08: connection, 53: out of resources, 57P: shutting down or starting up
        PostgresException postgres when postgres.SqlState.StartsWith("08", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("53", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal) => Unavailable(exception),
        PostgresException => null,
        NpgsqlException or SocketException or TimeoutException => Unavailable(exception),
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await writeSource.DisposeAsync();
        readers.Dispose();
        writers.Dispose();
    }

    private async ValueTask GiveBackAsync(DbConnection connection)
    {
        await connection.DisposeAsync();
        readers.Release();
    }

    private static DatabaseUnavailableException Unavailable(Exception exception) => new("PostgreSQL does not answer.", exception);

    private T RunWithRetries<T>(Func<WriteUnit, T> unit)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var connection = writeSource.OpenConnection();
                using var transaction = connection.BeginTransaction();
                var result = UnitScope.Run(() => unit(new WriteUnit(connection, transaction, SqlDialect.Postgres)));
                transaction.Commit();
                return result;
            }
            catch (PostgresException exception) when (attempt < Attempts && exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected)
            {
                // Another unit won; this one saw nothing that lasts and can run again.
            }
        }
    }
}
