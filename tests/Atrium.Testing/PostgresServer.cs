using Npgsql;

namespace Atrium.Testing;

/// <summary>The PostgreSQL server that <c>tests/with-postgres</c> started. Each house gets databases of its own there.</summary>
public static class PostgresServer
{
    public const string Variable = "ATRIUM_TEST_POSTGRES";

    private static int count;

    public static bool IsGiven => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <returns>Addresses of two new empty databases: data and keys.</returns>
    public static async Task<(string Data, string Keys)> CreateDatabasesAsync()
    {
        var server = new Uri(Environment.GetEnvironmentVariable(Variable)!);
        var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref count)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString(server));
        await source.CreateCommand($"CREATE DATABASE {name}").ExecuteNonQueryAsync();
        await source.CreateCommand($"CREATE DATABASE {name}_keys").ExecuteNonQueryAsync();
        return (Address(server, name), Address(server, name + "_keys"));
    }

    public static async Task DropAsync(string address)
    {
        var server = new Uri(Environment.GetEnvironmentVariable(Variable)!);
        await using var source = NpgsqlDataSource.Create(ConnectionString(server));
        await source.CreateCommand($"DROP DATABASE IF EXISTS {new Uri(address).AbsolutePath[1..]} WITH (FORCE)").ExecuteNonQueryAsync();
    }

    private static string Address(Uri server, string name) => new UriBuilder(server) { Path = name }.Uri.ToString();

    private static string ConnectionString(Uri server) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = server.Host,
            Port = server.Port,
            Username = server.UserInfo.Split(':')[0],
            Password = server.UserInfo.Split(':').ElementAtOrDefault(1),
            Database = "postgres",
            Pooling = false,
        }.ToString();
}
