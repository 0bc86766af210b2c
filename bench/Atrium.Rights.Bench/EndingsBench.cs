using System.Net.Http.Json;
using System.Net.WebSockets;
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

/// <summary>
/// How long a sign-in or a key outlives its end: a revoked session or key, a smaller role, a suspension, a changed password; seen by the next request,
/// by an open stream and by an open socket; on the server that was told and on another one of the house.
/// </summary>
internal static class EndingsBench
{
    private static readonly string[] OfSessions = ["request", "stream", "socket"];
    private static readonly string[] OfKeys = ["key request", "key stream"];

    /// <summary>What happens, and what must end by it.</summary>
    private static readonly (string Cause, string[] Carriers)[] Cases =
    [
        ("revoked", OfSessions), ("demoted", OfSessions), ("suspended", [.. OfSessions, .. OfKeys]), ("password changed", OfSessions), ("key revoked", OfKeys),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<object> RunAsync(int rounds)
    {
        var rows = new List<object>();
        Console.WriteLine($"{"engine",-12}{"server",-10}{"cause",-20}{"seen by",-12}{"count",7}{"p50 ms",10}{"p95 ms",10}{"max ms",10}");
        await using (var one = await BenchHouse.StartAsync(null))
            await MeasureAsync("sqlite", "same", one, one, rounds, rows);
        if (PostgresServer.IsGiven)
        {
            var addresses = await PostgresServer.CreateDatabasesAsync();
            await using (var first = await BenchHouse.StartAsync(addresses))
            await using (var second = await BenchHouse.StartAsync(addresses))
            {
                await MeasureAsync("postgresql", "same", first, first, rounds, rows);
                await MeasureAsync("postgresql", "other", first, second, rounds, rows);
            }
            await PostgresServer.DropAsync(addresses.Data);
            await PostgresServer.DropAsync(addresses.Keys);
        }
        else
        {
            Console.WriteLine("Two servers were left out: no PostgreSQL is given.");
        }
        return rows;
    }

    private static async Task MeasureAsync(string engine, string server, BenchHouse told, BenchHouse asked, int rounds, List<object> rows)
    {
        var admin = await told.AdminAsync();
        foreach (var (cause, carriers) in Cases)
        {
            var times = carriers.ToDictionary(carrier => carrier, _ => new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (carrier, milliseconds) in await OnceAsync(told, asked, admin, cause, carriers))
                    times[carrier].Add(milliseconds);
            }
            foreach (var carrier in carriers)
            {
                var spread = Spread.Of(times[carrier]);
                Console.WriteLine($"{engine,-12}{server,-10}{cause,-20}{carrier,-12}{spread}");
                rows.Add(new { engine, server, cause, carrier, spread });
            }
        }
    }

    private static async Task<IReadOnlyList<(string Carrier, double Milliseconds)>> OnceAsync(BenchHouse told, BenchHouse asked, BenchPerson admin, string cause, string[] carriers)
    {
        var person = await told.RegisterAsync("person-" + Guid.CreateVersion7().ToString("N")[^12..]);
        if (cause == "demoted")
            await ExpectAsync(admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { role = "developer" }));
        var (keyId, key) = await told.MakeKeyAsync(person);
        // The sign-in from which a password is changed goes on; the measured one is another.
        using var elsewhere = (await told.SignInAsync(person.Username)).Client;
        using var there = asked.ClientOf(person.Token);
        using var program = asked.ClientOf(key);
        await using var stream = await there.GetStreamAsync("/bench/stream");
        await using var keyStream = await program.GetStreamAsync("/bench/key-stream");
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + person.Token);
        await socket.ConnectAsync(new UriBuilder(asked.Address) { Scheme = "ws", Path = "/bench/socket" }.Uri, default);

        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        async Task<(string, double)> TimeAsync(string carrier, Func<Task> end)
        {
            await end().WaitAsync(Patience);
            return (carrier, System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        Task<(string, double)> EndOf(string carrier) => TimeAsync(carrier, carrier switch
        {
            "request" => () => RefusedAsync(there, "/api/me"),
            "stream" => () => ReadToEndAsync(stream),
            "socket" => () => CloseAsync(socket),
            "key request" => () => RefusedAsync(program, "/v1/models"),
            _ => () => ReadToEndAsync(keyStream),
        });
        var ends = carriers.Where(carrier => !carrier.EndsWith("request", StringComparison.Ordinal)).Select(EndOf).ToList();
        await (cause switch
        {
            "revoked" => ExpectAsync(elsewhere.DeleteAsync("/api/sessions")),
            "password changed" => ExpectAsync(elsewhere.PostAsJsonAsync("/api/me/password", new { currentPassword = BenchHouse.Password, newPassword = BenchHouse.Password + " again" })),
            "demoted" => ExpectAsync(admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { role = "user" })),
            "key revoked" => ExpectAsync(elsewhere.DeleteAsync($"/api/keys/{keyId}")),
            _ => ExpectAsync(admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { suspended = true })),
        });
        ends.AddRange(carriers.Where(carrier => carrier.EndsWith("request", StringComparison.Ordinal)).Select(EndOf));
        return await Task.WhenAll(ends);
    }

    private static async Task RefusedAsync(HttpClient client, string path)
    {
        while (true)
        {
            using var answer = await client.GetAsync(path);
            if (answer.StatusCode == System.Net.HttpStatusCode.Unauthorized)
                return;
        }
    }

    private static async Task ReadToEndAsync(Stream content)
    {
        var buffer = new byte[64];
        try
        {
            while (await content.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A closed connection is an end too.
        }
    }

    private static async Task CloseAsync(ClientWebSocket socket)
    {
        try
        {
            while ((await socket.ReceiveAsync(new byte[64], default)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // A closed connection is an end too.
        }
    }

    private static async Task ExpectAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        answer.EnsureSuccessStatusCode();
    }

    private sealed record BenchPerson(Guid Id, string Username, string Token, HttpClient Client);

    /// <summary>A house with two more routes: a stream and a socket that never end by themselves and know nothing of sessions.</summary>
    private sealed class BenchHouse : IAsyncDisposable
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
}
