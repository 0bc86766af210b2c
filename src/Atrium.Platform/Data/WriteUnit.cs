using System.Data.Common;
using Dapper;

namespace Atrium.Platform.Data;

/// <summary>
/// What a write may do: SQL over one connection, synchronously, inside one transaction that is not its own to commit.
/// No await, no file, no HTTP, no other module. Budget: 5 ms or 500 rows; larger work goes in pieces.
/// </summary>
public sealed class WriteUnit
{
    private readonly DbConnection connection;
    private readonly DbTransaction? transaction;

    internal WriteUnit(DbConnection connection, DbTransaction? transaction, SqlDialect dialect)
    {
        this.connection = connection;
        this.transaction = transaction;
        Dialect = dialect;
    }

    public SqlDialect Dialect { get; }

    /// <returns>How many rows were changed.</returns>
    public int Execute(string sql, object? parameters = null) => connection.Execute(sql, parameters, transaction);

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) => connection.Query<T>(sql, parameters, transaction).AsList();

    public T? QuerySingleOrDefault<T>(string sql, object? parameters = null) => connection.QuerySingleOrDefault<T>(sql, parameters, transaction);

    public T? Scalar<T>(string sql, object? parameters = null) => connection.ExecuteScalar<T>(sql, parameters, transaction);

    /// <summary>A prepared command for a hot path, or a value Dapper does not know. The caller disposes it.</summary>
    public DbCommand CreateCommand(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }
}
