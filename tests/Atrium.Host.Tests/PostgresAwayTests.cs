using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Host.Tests;

public sealed class PostgresAwayTests
{
    private static readonly TimeSpan BackAgain = TimeSpan.FromSeconds(30);

    [Fact]
    [Keeps("Z-060", "Z-075")]
    public async Task Answers_503_while_postgresql_restarts_and_serves_again_without_losing_or_doubling_a_row()
    {
        await using var postgres = await OwnPostgres.StartAsync();
        Assert.SkipWhen(postgres is null, "PostgreSQL is not installed: apt-get install postgresql");
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["DATABASE_URL"] = postgres.Address("atrium"), ["KEYS_DATABASE_URL"] = postgres.Address("atrium_keys") });
        var session = await ProcessTests.RegisterAsync(server);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", session.GetProperty("token").GetString());
        var acknowledged = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        using var stopping = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
        {
            for (var number = 0; !stopping.IsCancellationRequested; number++)
            {
                using var answer = await server.Client.PostAsJsonAsync("/api/conversations", new { title = $"{worker}-{number}" });
                statuses.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
                if (answer.StatusCode == HttpStatusCode.Created)
                    acknowledged.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
            }
        }));

        await postgres.StopNowAsync();
        await UntilAsync(async () => (await server.Client.GetAsync("/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        var healthWhileAway = await server.Client.GetAsync("/api/health");
        (await server.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await postgres.StartAgainAsync();
        await UntilAsync(async () => (await server.Client.GetAsync("/ready")).StatusCode == HttpStatusCode.OK);
        await stopping.CancelAsync();
        await load;

        healthWhileAway.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await healthWhileAway.Content.ReadAsStringAsync()).ShouldBe("""{"status":"unhealthy","database":"disconnected"}""");
        statuses.Keys.ShouldBeSubsetOf([HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable]);
        statuses.ShouldContainKey(HttpStatusCode.ServiceUnavailable);
        foreach (var id in acknowledged)
            (await server.Client.GetAsync("/api/conversations/" + id)).StatusCode.ShouldBe(HttpStatusCode.OK);
        acknowledged.Distinct().Count().ShouldBe(acknowledged.Count);
        server.Output.ShouldNotContain("sqlite", Case.Insensitive);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timeout = new CancellationTokenSource(BackAgain);
        while (!await holds())
            await Task.Delay(50, timeout.Token);
    }

    /// <summary>A server that nobody else uses, because it is going to be stopped.</summary>
    private sealed class OwnPostgres(string folder, string programs, int port) : IAsyncDisposable
    {
        private string Data => Path.Combine(folder, "data");

        public string Address(string database) => $"postgres://atrium@127.0.0.1:{port}/{database}";

        public static async Task<OwnPostgres?> StartAsync()
        {
            if (!Directory.Exists("/usr/lib/postgresql") || Directory.EnumerateDirectories("/usr/lib/postgresql").Max() is not { } version)
                return null;
            var folder = Directory.CreateTempSubdirectory("atrium-postgres-").FullName;
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
            var postgres = new OwnPostgres(folder, Path.Combine(version, "bin"), TestHouse.FreePort());
            await postgres.RunAsync("initdb", "-D", postgres.Data, "-U", "atrium", "--auth=trust", "--no-locale", "-E", "UTF8");
            await postgres.StartAgainAsync();
            foreach (var database in new[] { "atrium", "atrium_keys" })
                await postgres.RunAsync("createdb", "-h", "127.0.0.1", "-p", postgres.Port, "-U", "atrium", database);
            return postgres;
        }

        private string Port => port.ToString();

        public Task StopNowAsync() => RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-s", "stop");

        public Task StartAgainAsync() => RunAsync("pg_ctl", "-D", Data, "-s", "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}", "start");

        public async ValueTask DisposeAsync()
        {
            await StopNowAsync();
            Directory.Delete(folder, recursive: true);
        }

        private async Task RunAsync(string program, params string[] arguments)
        {
            string[] command = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", Path.Combine(programs, program), .. arguments] : [Path.Combine(programs, program), .. arguments];
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = program == "initdb" })!;
            if (program == "initdb")
                await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, program);
        }
    }
}
