using Atrium.Platform.Configuration;
using Npgsql;

namespace Atrium.Platform.Data;

/// <summary>
/// The three stores of a house: what people keep, the keys that seal it (never part of a data backup), and running streams.
/// SQLite: <c>atrium.db</c>, <c>keys.db</c>, <c>streams.db</c> in the data folder. PostgreSQL: the database of DATABASE_URL, a second one
/// for keys (KEYS_DATABASE_URL, else the same name with <c>_keys</c>), and the streams as tables of the first with asynchronous commit.
/// </summary>
public sealed class Databases : IAsyncDisposable
{
    public Databases(HouseSettings settings)
    {
        if (settings.DatabaseUrl is { } url)
        {
            var main = new NpgsqlConnectionStringBuilder(url.ConnectionString);
            var keys = settings.KeysDatabaseUrl?.ConnectionString
                ?? new NpgsqlConnectionStringBuilder(url.ConnectionString) { Database = main.Database + "_keys" }.ToString();
            Main = new Database(new PostgresEngine(main.ToString(), commitsAsynchronously: false));
            Keys = new Database(new PostgresEngine(keys, commitsAsynchronously: false));
            Streams = new Database(new PostgresEngine(main.ToString(), commitsAsynchronously: true));
        }
        else
        {
            Main = new Database(new SqliteEngine(settings.DataFile("atrium.db"), SqliteDurability.Full));
            Keys = new Database(new SqliteEngine(settings.DataFile("keys.db"), SqliteDurability.Full, erasesDeleted: true));
            Streams = new Database(new SqliteEngine(settings.DataFile("streams.db"), SqliteDurability.Normal));
        }
    }

    public Database Main { get; }

    public Database Keys { get; }

    public Database Streams { get; }

    /// <summary>Service key of <see cref="Keys"/>; the main database is the one without a key.</summary>
    public const string KeysName = "keys";

    /// <summary>Service key of <see cref="Streams"/>.</summary>
    public const string StreamsName = "streams";

    /// <returns>True when the main database answers a query now.</returns>
    public async Task<bool> IsReachableAsync(CancellationToken cancellation)
    {
        try
        {
            return await Main.ScalarAsync<int>("SELECT 1", null, cancellation) == 1;
        }
        catch (DatabaseUnavailableException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Streams.CloseAsync();
        await Keys.CloseAsync();
        await Main.CloseAsync();
    }
}
