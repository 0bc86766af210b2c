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
    private List<string>? statements;

    internal WriteUnit(DbConnection connection, DbTransaction? transaction, SqlDialect dialect)
    {
        this.connection = connection;
        this.transaction = transaction;
        Dialect = dialect;
    }

    public SqlDialect Dialect { get; }

    /// <summary>Runs a unit and notes its statements.</summary>
    internal T Run<T>(Func<WriteUnit, T> unit, List<string> into)
    {
        statements = into;
        try
        {
            return unit(this);
        }
        finally
        {
            statements = null;
        }
    }

    /// <returns>How many rows were changed.</returns>
    public int Execute(string sql, object? parameters = null) => connection.Execute(Noted(sql), parameters, transaction);

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) => connection.Query<T>(Noted(sql), parameters, transaction).AsList();

    public T? QuerySingleOrDefault<T>(string sql, object? parameters = null) => connection.QuerySingleOrDefault<T>(Noted(sql), parameters, transaction);

    public T? Scalar<T>(string sql, object? parameters = null) => connection.ExecuteScalar<T>(Noted(sql), parameters, transaction);

    /// <summary>A prepared command for a hot path, or a value Dapper does not know. The caller disposes it.</summary>
    public DbCommand CreateCommand(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = Noted(sql);
        command.Transaction = transaction;
        return command;
    }

    private string Noted(string sql)
    {
        statements?.Add(sql);
        return sql;
    }
}
