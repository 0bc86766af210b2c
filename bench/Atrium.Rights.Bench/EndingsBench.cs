using System.Net.Http.Json;
using System.Net.WebSockets;
using Atrium.Testing;

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
}
