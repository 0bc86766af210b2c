using System.Data.Common;
using Dapper;

namespace Atrium.Platform.Data;

/// <summary>
/// One store of rows, SQLite or PostgreSQL. Reads run at once on a bounded set of connections; writes are units that the
/// engine commits durably before the returned task ends.
/// </summary>
public sealed class Database
{
    private readonly IDatabaseEngine engine;

    internal Database(IDatabaseEngine engine)
    {
        RowTypes.Register();
        this.engine = engine;
    }

    public SqlDialect Dialect => engine.Dialect;

    internal IDatabaseEngine Engine => engine;

    internal TableChanges Changes { get; } = new();

    /// <summary>Runs several reads on one connection.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            await using var lease = await engine.OpenReadAsync(cancellation);
            return await read(lease.Connection);
        }
        catch (Exception exception) when (engine.Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<T>>(
            async connection => (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList(),
            cancellation);

    /// <returns>The only row, or null when there is none.</returns>
    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters, CancellationToken cancellation) =>
        ReadAsync(connection => connection.QuerySingleOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellation)), cancellation);

    public Task<T?> ScalarAsync<T>(string sql, object? parameters, CancellationToken cancellation) =>
        ReadAsync(connection => connection.ExecuteScalarAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellation)), cancellation);

    /// <summary>
    /// Runs a unit and returns after its commit is durable. A unit that throws is rolled back alone.
    /// Once accepted it is not cancelled: <paramref name="cancellation"/> only ends the wait for a place in the queue.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called inside another unit.</exception>
    /// <exception cref="DatabaseUnavailableException">Another process holds the lock, or the server is away. Nothing was written.</exception>
    /// <exception cref="StorageFullException">The disk is full. Nothing was written.</exception>
    /// <exception cref="UniqueViolationException">A unique constraint refused a row.</exception>
    public async Task<T> WriteAsync<T>(Func<WriteUnit, T> unit, CancellationToken cancellation)
    {
        if (UnitScope.IsInside)
            throw new InvalidOperationException("A write unit may not start another one.");
        var statements = new List<string>(4);
        try
        {
            return await engine.WriteAsync(inner => inner.Run(unit, statements), cancellation);
        }
        catch (Exception exception) when (engine.Translate(exception) is { } translated)
        {
            throw translated;
        }
        finally
        {
            // Also after a failure: whether a commit that broke was one is not always known.
            Note(statements);
        }
    }

    public Task WriteAsync(Action<WriteUnit> unit, CancellationToken cancellation) =>
        WriteAsync(
            inner =>
            {
                unit(inner);
                return true;
            },
            cancellation);

    /// <summary>One statement as a unit of its own.</summary>
    /// <returns>How many rows were changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellation) =>
        WriteAsync(unit => unit.Execute(sql, parameters), cancellation);

    private void Note(List<string> statements)
    {
        foreach (var statement in statements)
        {
            foreach (var counter in Changes.WrittenBy(statement))
                counter.Add();
        }
    }

    // Not IAsyncDisposable: a scope that resolves a database must not end it. Its owner is Databases.
    internal ValueTask CloseAsync() => engine.DisposeAsync();

    /// <summary>
    /// Makes what was deleted from a table unreadable in the files too, as far as the engine can: SQLite empties its log into the file,
    /// which overwrites deleted rows there (in the store of keys); PostgreSQL vacuums the table.
    /// </summary>
    /// <param name="table">A table's name; it is part of the statement, so never a person's text.</param>
    public async Task EraseDeletedAsync(string table, CancellationToken cancellation)
    {
        try
        {
            await engine.EraseDeletedAsync(table, cancellation);
        }
        catch (Exception exception) when (engine.Translate(exception) is { } translated)
        {
            throw translated;
        }
    }
}

/// <summary>Marks the thread that runs a unit, so that a nested one is refused instead of deadlocking.</summary>
internal static class UnitScope
{
    [ThreadStatic]
    private static bool isInside;

    public static bool IsInside => isInside;

    public static T Run<T>(Func<T> unit)
    {
        isInside = true;
        try
        {
            return unit();
        }
        finally
        {
            isInside = false;
        }
    }
}
