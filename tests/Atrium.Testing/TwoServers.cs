using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atrium.Testing;

/// <summary>Two servers of one house: one database, the same secrets.</summary>
public sealed class TwoServers : IAsyncDisposable
{
    /// <summary>Several servers need PostgreSQL.</summary>
    public static TheoryData<DatabaseEngine> Engine =>
        [new TheoryDataRow<DatabaseEngine>(DatabaseEngine.Postgres) { Skip = PostgresServer.IsGiven ? null : $"no PostgreSQL: {PostgresServer.Variable} is not set" }];

    private readonly string data;
    private readonly string keys;

    private TwoServers(TestHouse first, TestHouse second, string data, string keys) => (First, Second, this.data, this.keys) = (first, second, data, keys);

    public TestHouse First { get; }

    public TestHouse Second { get; }

    /// <param name="more">Settings over the defaults of <see cref="TestHouse"/>.</param>
    public static async Task<TwoServers> StartAsync(DatabaseEngine engine, IReadOnlyDictionary<string, string>? more = null, Action<IServiceCollection>? replace = null)
    {
        var (data, keys) = await PostgresServer.CreateDatabasesAsync();
        var settings = new Dictionary<string, string>(more ?? new Dictionary<string, string>())
        {
            ["DATABASE_URL"] = data,
            ["KEYS_DATABASE_URL"] = keys,
            ["JWT_SECRET"] = "two servers of one house share this secret",
            ["API_KEY_ENCRYPTION_SECRET"] = string.Concat(Enumerable.Repeat("0123456789abcdef", 4)),
        };
        var first = await TestHouse.StartAsync(engine, settings, replace);
        await first.AdminAsync();
        return new TwoServers(first, await TestHouse.StartAsync(engine, settings, replace), data, keys);
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
        await PostgresServer.DropAsync(data);
        await PostgresServer.DropAsync(keys);
    }
}
