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
    [Keeps("Z-060", "Z-075", "L-063")]
    [Asvs("16.5.2")]
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
}
