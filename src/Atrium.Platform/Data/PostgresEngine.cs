using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Atrium.Platform.Data;

/// <summary>A PostgreSQL database. Each unit is a transaction on a pooled connection; deadlocks and serialization failures are run again.</summary>
internal sealed class PostgresEngine : IDatabaseEngine
{
    private const int WriterCount = 16;
    private const int Attempts = 4;
    private const long MigrationLock = 0x417472_69756D;

    private readonly NpgsqlDataSource source;
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
            MaxPoolSize = 40,
            KeepAlive = 30,
        };
        if (commitsAsynchronously)
            builder.Options = "-c synchronous_commit=off";
        source = new NpgsqlDataSourceBuilder(builder.ToString()).Build();
    }

    public SqlDialect Dialect => SqlDialect.Postgres;

    internal NpgsqlDataSource Source => source;

    public async ValueTask<ReadLease> OpenReadAsync(CancellationToken cancellation) =>
        new(await source.OpenConnectionAsync(cancellation), static connection => connection.DisposeAsync());

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
        writers.Dispose();
    }

    private static DatabaseUnavailableException Unavailable(Exception exception) => new("PostgreSQL does not answer.", exception);

    private T RunWithRetries<T>(Func<WriteUnit, T> unit)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var connection = source.OpenConnection();
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
