using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Atrium.Host;
using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Lifecycle;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Atrium.Testing;

/// <summary>The real house on a real socket and a real database of its own, in this process.</summary>
public sealed class TestHouse : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> values;
    private readonly string folder;
    private readonly (string Data, string Keys)? postgres;
    private readonly Action<IServiceCollection>? replace;
    private WebApplication app;
    private TestPerson? admin;
    private bool isOpen;

    private TestHouse(DatabaseEngine engine, Dictionary<string, string> values, string folder, (string, string)? postgres, Action<IServiceCollection>? replace)
    {
        Engine = engine;
        this.values = values;
        this.folder = folder;
        this.postgres = postgres;
        this.replace = replace;
        app = null!;
        Client = null!;
    }

    public DatabaseEngine Engine { get; }

    /// <summary>The folder of databases, files and secrets.</summary>
    public string DataFolder => Path.Combine(folder, "data");

    public Uri Address => new($"http://127.0.0.1:{values["PORT"]}");

    /// <summary>A stranger: no cookie, no token.</summary>
    public HttpClient Client { get; private set; }

    public IServiceProvider Services => app.Services;

    public string SetupToken => File.ReadAllText(Path.Combine(DataFolder, "setup-token")).Trim();

    /// <param name="settings">Over the defaults: loopback, limits off, cheap password hashes.</param>
    /// <param name="replace">Puts a clock or a seam in place of the default service.</param>
    public static async Task<TestHouse> StartAsync(DatabaseEngine engine, IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? replace = null)
    {
        var folder = Directory.CreateTempSubdirectory("atrium-test-").FullName;
        (string Data, string Keys)? postgres = engine == DatabaseEngine.Postgres ? await PostgresServer.CreateDatabasesAsync() : null;
        var values = new Dictionary<string, string>
        {
            ["ENVIRONMENT"] = "development",
            ["PORT"] = FreePort().ToString(),
            ["BCRYPT_ROUNDS"] = "4",
            ["RATE_LIMITS"] = "off",
            ["LOG_LEVEL"] = "error",
            ["ATRIUM_DATA"] = Path.Combine(folder, "data"),
            ["BACKUP_DIR"] = Path.Combine(folder, "backups"),
        };
        if (postgres is { } addresses)
        {
            values["DATABASE_URL"] = addresses.Data;
            values["KEYS_DATABASE_URL"] = addresses.Keys;
        }
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            values[name] = value;
        var house = new TestHouse(engine, values, folder, postgres, replace);
        await house.OpenAsync();
        return house;
    }

    /// <summary>Ends the house cleanly and opens it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>The first admin, made through the set-up token; the same person at each call.</summary>
    public async Task<TestPerson> AdminAsync() => admin ??= await RegisterAsync("admin-" + Guid.CreateVersion7().ToString("N")[^8..], SetupToken);

    /// <summary>A new ordinary person. Makes the first admin before, when there is none.</summary>
    public async Task<TestPerson> PersonAsync(string? name = null)
    {
        await AdminAsync();
        return await RegisterAsync(name ?? "p" + Guid.CreateVersion7().ToString("N")[^12..], null);
    }

    /// <summary>Closes this house, restores a backup into an empty one of the same secrets, asks it, and ends it.</summary>
    public async Task<T> RestoreIntoEmptyAsync<T>(string backup, Func<TestHouse, Task<T>> ask)
    {
        await CloseAsync();
        isOpen = false;
        var empty = Directory.CreateTempSubdirectory("atrium-restored-").FullName;
        (string Data, string Keys)? databases = Engine == DatabaseEngine.Postgres ? await PostgresServer.CreateDatabasesAsync() : null;
        var there = new Dictionary<string, string>(values) { ["ATRIUM_DATA"] = Path.Combine(empty, "data") };
        if (databases is { } addresses)
            (there["DATABASE_URL"], there["KEYS_DATABASE_URL"]) = addresses;
        Directory.CreateDirectory(Path.Combine(empty, "data", "secrets"));
        foreach (var secret in Directory.EnumerateFiles(Path.Combine(DataFolder, "secrets")))
            File.Copy(secret, Path.Combine(empty, "data", "secrets", Path.GetFileName(secret)));
        await using (var offline = House.Build(SettingsLoader.Load(there), replace))
            await offline.Services.GetRequiredService<BackupRestorer>().RestoreAsync(backup, CancellationToken.None);
        await using var restored = new TestHouse(Engine, there, empty, databases, replace);
        await restored.OpenAsync();
        return await ask(restored);
    }

    public TestPerson WithToken(string token, Guid id, string username)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new TestPerson(id, username, token, client);
    }

    public async ValueTask DisposeAsync()
    {
        if (isOpen)
            await CloseAsync();
        if (postgres is { } addresses)
        {
            await PostgresServer.DropAsync(addresses.Data);
            await PostgresServer.DropAsync(addresses.Keys);
        }
        Directory.Delete(folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<TestPerson> RegisterAsync(string username, string? setupToken)
    {
        var response = await Client.PostAsJsonAsync("/api/register", new { username, password = Password, setupToken });
        var session = await response.Content.ReadFromJsonAsync<JsonElement>();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"Registration answered {response.StatusCode}: {session}");
        return WithToken(session.GetProperty("token").GetString()!, session.GetProperty("user").GetProperty("id").GetGuid(), username);
    }

    private async Task OpenAsync()
    {
        var settings = SettingsLoader.Load(values);
        Directory.CreateDirectory(settings.DataFolder);
        app = House.Build(settings, replace);
        await app.StartAsync();
        Client = new HttpClient { BaseAddress = Address };
        using var timeout = new CancellationTokenSource(StartTimeout);
        var readiness = app.Services.GetRequiredService<Readiness>();
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        while (!readiness.IsReady)
        {
            if (stopping.IsCancellationRequested)
                throw new InvalidOperationException("The house refused to open; its reason is on standard error.");
            await Task.Delay(5, timeout.Token);
        }
        isOpen = true;
    }

    private async Task CloseAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>A signed-in person. <see cref="Client"/> sends the Bearer token.</summary>
public sealed record TestPerson(Guid Id, string Username, string Token, HttpClient Client);
