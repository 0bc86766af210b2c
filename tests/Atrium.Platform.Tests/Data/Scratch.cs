using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Testing;

namespace Atrium.Platform.Tests.Data;

/// <summary>Empty databases of their own, without a house around them.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private readonly string folder;
    private readonly (string Data, string Keys)? postgres;

    private Scratch(string folder, (string, string)? postgres, HouseSettings settings)
    {
        this.folder = folder;
        this.postgres = postgres;
        Settings = settings;
        Databases = new Databases(settings);
    }

    public HouseSettings Settings { get; }

    public Databases Databases { get; }

    public Database Main => Databases.Main;

    public static async Task<Scratch> CreateAsync(DatabaseEngine engine)
    {
        var folder = Directory.CreateTempSubdirectory("atrium-scratch-").FullName;
        (string Data, string Keys)? postgres = engine == DatabaseEngine.Postgres ? await PostgresServer.CreateDatabasesAsync() : null;
        var values = new Dictionary<string, string> { ["ATRIUM_DATA"] = folder, ["BACKUP_DIR"] = Path.Combine(folder, "backups") };
        if (postgres is { } addresses)
        {
            values["DATABASE_URL"] = addresses.Data;
            values["KEYS_DATABASE_URL"] = addresses.Keys;
        }
        return new Scratch(folder, postgres, SettingsLoader.Load(values));
    }

    public async ValueTask DisposeAsync()
    {
        await Databases.DisposeAsync();
        if (postgres is { } addresses)
        {
            await PostgresServer.DropAsync(addresses.Data);
            await PostgresServer.DropAsync(addresses.Keys);
        }
        Directory.Delete(folder, recursive: true);
    }
}
