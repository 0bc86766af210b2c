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
/// How long a sign-in outlives its end: a revoked session, a smaller role, a suspension, a changed password; seen by the next request, by an open
/// stream and by an open socket; on the server that was told and on another one of the house.
/// </summary>
internal static class EndingsBench
{
    private static readonly string[] Causes = ["revoked", "demoted", "suspended", "password changed"];
    private static readonly string[] Carriers = ["request", "stream", "socket"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<object> RunAsync(int rounds)
    {
        var rows = new List<object>();
        Console.WriteLine($"{"engine",-12}{"server",-10}{"cause",-20}{"seen by",-10}{"count",7}{"p50 ms",10}{"p95 ms",10}{"max ms",10}");
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
        foreach (var cause in Causes)
        {
            var times = Carriers.ToDictionary(carrier => carrier, _ => new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (carrier, milliseconds) in await OnceAsync(told, asked, admin, cause))
                    times[carrier].Add(milliseconds);
            }
            foreach (var carrier in Carriers)
            {
                var spread = Spread.Of(times[carrier]);
                Console.WriteLine($"{engine,-12}{server,-10}{cause,-20}{carrier,-10}{spread}");
                rows.Add(new { engine, server, cause, carrier, spread });
            }
        }
    }

    private static async Task<IReadOnlyList<(string Carrier, double Milliseconds)>> OnceAsync(BenchHouse told, BenchHouse asked, BenchPerson admin, string cause)
    {
        var person = await told.RegisterAsync("developer-" + Guid.CreateVersion7().ToString("N")[^12..]);
        if (cause == "demoted")
            await ExpectAsync(admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { role = "developer" }));
        using var there = asked.ClientOf(person.Token);
        using var stream = await there.GetAsync("/bench/stream", HttpCompletionOption.ResponseHeadersRead);
        await using var content = await stream.Content.ReadAsStreamAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + person.Token);
        await socket.ConnectAsync(new UriBuilder(asked.Address) { Scheme = "ws", Path = "/bench/socket" }.Uri, default);
        // The sign-in from which the password is changed goes on; the measured one is another.
        using var elsewhere = cause is "revoked" or "password changed" ? (await told.SignInAsync(person.Username)).Client : null;

        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        double Elapsed() => System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        async Task<(string, double)> TimeAsync(string carrier, Task end)
        {
            await end.WaitAsync(Patience);
            return (carrier, Elapsed());
        }
        var ends = new[] { TimeAsync("stream", ReadToEndAsync(content)), TimeAsync("socket", CloseAsync(socket)) };
        await (cause switch
        {
            "revoked" => ExpectAsync(elsewhere!.DeleteAsync("/api/sessions")),
            "password changed" => ExpectAsync(elsewhere!.PostAsJsonAsync("/api/me/password", new { currentPassword = BenchHouse.Password, newPassword = BenchHouse.Password + " again" })),
            "demoted" => ExpectAsync(admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { role = "user" })),
            _ => ExpectAsync(admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { suspended = true })),
        });
        var request = await TimeAsync("request", RefusedAsync(there));
        return [request, .. await Task.WhenAll(ends)];
    }

    private static async Task RefusedAsync(HttpClient client)
    {
        while (true)
        {
            using var answer = await client.GetAsync("/api/me");
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
