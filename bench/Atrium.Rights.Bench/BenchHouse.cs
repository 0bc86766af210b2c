using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Host;
using Atrium.Platform.Configuration;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Atrium.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Rights.Bench;

internal sealed record BenchPerson(Guid Id, string Username, string Token, HttpClient Client);

/// <summary>A house with two more routes: a stream and a socket that never end by themselves and know nothing of sessions.</summary>
internal sealed class BenchHouse : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private readonly WebApplication app;
    private readonly string folder;
    private readonly HouseSettings settings;

    private BenchHouse(WebApplication app, string folder, HouseSettings settings) => (this.app, this.folder, this.settings) = (app, folder, settings);

    public Uri Address => new($"http://127.0.0.1:{settings.Port}");

    public static async Task<BenchHouse> StartAsync((string Data, string Keys)? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("atrium-bench-").FullName;
        var values = new Dictionary<string, string>
        {
            ["ENVIRONMENT"] = "development",
            ["PORT"] = TestHouse.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["BCRYPT_ROUNDS"] = "4",
            ["RATE_LIMITS"] = "off",
            ["LOG_LEVEL"] = "error",
            ["ATRIUM_DATA"] = Path.Combine(folder, "data"),
            ["BACKUP_DIR"] = Path.Combine(folder, "backups"),
            ["JWT_SECRET"] = "two servers of one house share this secret",
            ["API_KEY_ENCRYPTION_SECRET"] = string.Concat(Enumerable.Repeat("0123456789abcdef", 4)),
        };
        if (postgres is { } addresses)
            (values["DATABASE_URL"], values["KEYS_DATABASE_URL"]) = addresses;
        var settings = SettingsLoader.Load(values);
        Directory.CreateDirectory(settings.DataFolder);
        var app = House.Build(settings);
        app.MapGet("/bench/stream", StreamAsync).RequireAuthorization(Policies.SignedIn);
        app.MapGet("/bench/key-stream", StreamAsync).RequireAuthorization("api-key");
        app.MapGet("/bench/socket", SocketAsync).RequireAuthorization(Policies.SignedIn);
        await app.StartAsync();
        while (!app.Services.GetRequiredService<Readiness>().IsReady)
            await Task.Delay(10);
        return new BenchHouse(app, folder, settings);
    }

    public HttpClient ClientOf(string token)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async Task<BenchPerson> AdminAsync()
    {
        var token = Path.Combine(folder, "data", "setup-token");
        return File.Exists(token) ? await RegisterAsync("admin-of-the-bench", (await File.ReadAllTextAsync(token)).Trim()) : await SignInAsync("admin-of-the-bench");
    }

    public Task<BenchPerson> RegisterAsync(string username, string? setupToken = null) => PostAsync("/api/register", new { username, password = Password, setupToken });

    public Task<BenchPerson> SignInAsync(string username) => PostAsync("/api/login", new { username, password = Password });

    public async Task<(Guid Id, string Key)> MakeKeyAsync(BenchPerson person)
    {
        using var answer = await person.Client.PostAsJsonAsync("/api/keys", new { name = "bench" });
        answer.EnsureSuccessStatusCode();
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (made.GetProperty("id").GetGuid(), made.GetProperty("key").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<BenchPerson> PostAsync(string path, object body)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var answer = await client.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var token = session.GetProperty("token").GetString()!;
        return new BenchPerson(session.GetProperty("user").GetProperty("id").GetGuid(), session.GetProperty("user").GetProperty("username").GetString()!, token, ClientOf(token));
    }

    private static async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(": open\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private static async Task SocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.ReceiveAsync(new byte[64], context.RequestAborted);
    }
}
