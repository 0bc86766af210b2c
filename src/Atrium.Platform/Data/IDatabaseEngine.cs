using System.Data.Common;

namespace Atrium.Platform.Data;

internal interface IDatabaseEngine : IAsyncDisposable
{
    SqlDialect Dialect { get; }

    ValueTask<ReadLease> OpenReadAsync(CancellationToken cancellation);

    Task<T> WriteAsync<T>(Func<WriteUnit, T> unit, CancellationToken cancellation);

    /// <summary>Runs schema changes on a connection of their own, under a lock that keeps other instances out.</summary>
    Task MigrateAsync(Action<DbConnection> migrate, CancellationToken cancellation);

    Task EraseDeletedAsync(string table, CancellationToken cancellation);

    /// <returns>The exception callers are promised, or null when it is not the engine's to explain.</returns>
    Exception? Translate(Exception exception);
}

/// <summary>A read connection that goes back to its pool when disposed.</summary>
internal readonly struct ReadLease(DbConnection connection, Func<DbConnection, ValueTask> giveBack) : IAsyncDisposable
{
    public DbConnection Connection => connection;

    public ValueTask DisposeAsync() => giveBack(connection);
}
