namespace Atrium.Testing;

/// <summary>One house per engine, shared by the tests of a class (<c>IClassFixture&lt;HousePair&gt;</c>) and opened at first use.</summary>
public sealed class HousePair : IAsyncDisposable
{
    private readonly Lazy<Task<TestHouse>> sqlite = new(() => TestHouse.StartAsync(DatabaseEngine.Sqlite));
    private readonly Lazy<Task<TestHouse>> postgres = new(() => TestHouse.StartAsync(DatabaseEngine.Postgres));

    public Task<TestHouse> OnAsync(DatabaseEngine engine) => engine == DatabaseEngine.Sqlite ? sqlite.Value : postgres.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var house in new[] { sqlite, postgres })
        {
            if (house.IsValueCreated && house.Value.IsCompletedSuccessfully)
                await (await house.Value).DisposeAsync();
        }
    }
}
