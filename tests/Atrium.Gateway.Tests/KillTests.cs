using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>The server as a process that is killed while programs call through it, against what the provider says it billed.</summary>
public sealed class KillTests
{
    private const int Kills = 3;
    private const int Callers = 24;
    private const int CallsBetween = 150;
    private const decimal Budget = 3m;

    // gpt-5.4: 2.5 in and 15 out, per million.
    private const decimal Each = ((11 * 2.5m) + (30 * 15m)) / 1_000_000m;

    [Theory, BothEngines]
    [Keeps("H-040", "H-044")]
    public async Task Whatever_a_provider_billed_is_in_the_ledger_or_still_held_after_each_kill(DatabaseEngine engine)
    {
        (string Data, string Keys)? databases = engine == DatabaseEngine.Postgres ? await PostgresServer.CreateDatabasesAsync() : null;
        try
        {
            await KillUnderLoadAsync(databases);
        }
        finally
        {
            if (databases is { } addresses)
            {
                await PostgresServer.DropAsync(addresses.Data);
                await PostgresServer.DropAsync(addresses.Keys);
            }
        }
    }

    private static async Task KillUnderLoadAsync((string Data, string Keys)? databases)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: new Simulation { Default = new Reply { Text = "ok", Usage = new ReplyUsage(11, 30) } });
        var settings = new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority, ["LOG_LEVEL"] = "error" };
        if (databases is { } addresses)
            (settings["DATABASE_URL"], settings["KEYS_DATABASE_URL"]) = addresses;
        await using var server = await ServerProcess.StartAsync(settings);
        var secret = await SetUpAsync(server, simulator);

        for (var round = 1; round <= Kills; round++)
        {
            await LoadAndKillAsync(server, simulator, secret, round * CallsBetween);
            await server.StartAsync("run");
            await server.WaitUntilReadyAsync();
            var billed = simulator.Simulation.Requests.Count;
            var (spent, held) = await BudgetAsync(server);
            var rows = await RowsAsync(server);

            (spent + held).ShouldBeGreaterThanOrEqualTo(billed * Each);
            (spent + held).ShouldBeLessThanOrEqualTo(Budget + Each);
            rows.Count.ShouldBeInRange(1, billed);
            rows.Distinct().Count().ShouldBe(rows.Count);
            // Row and account are one unit: neither is there without the other.
            spent.ShouldBe(rows.Count * Each);
        }
    }

    private static async Task<string> SetUpAsync(ServerProcess server, SimulatorHost simulator)
    {
        using var registered = await server.Client.PostAsJsonAsync("/api/register", new { username = "keeper", password = TestHouse.Password, setupToken = server.SetupToken });
        var token = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var chosen = await server.Client.PutAsJsonAsync("/api/user/ai-provider", new { provider = "openai", model = "gpt-5.4", apiKey = "key-for-the-test", baseUrl = simulator.OpenAiBaseUrl });
        chosen.EnsureSuccessStatusCode();
        using var budget = await server.Client.PutAsJsonAsync("/api/budgets", new { period = "month", amount = Budget.ToString(CultureInfo.InvariantCulture) });
        budget.EnsureSuccessStatusCode();
        using var key = await server.Client.PostAsJsonAsync("/api/keys", new { name = "load" });
        return (await key.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static async Task LoadAndKillAsync(ServerProcess server, SimulatorHost simulator, string secret, int until)
    {
        using var isDead = new CancellationTokenSource();
        var programs = Enumerable.Range(0, Callers).Select(number => CallAsync(server.Address, secret, number, isDead.Token)).ToList();
        await server.WaitUntilAsync(() => simulator.Simulation.Requests.Count >= until);
        await server.KillAsync();
        await isDead.CancelAsync();
        await Task.WhenAll(programs);
    }

    /// <summary>Calls until the server is dead: handed through and translated, whole and streamed.</summary>
    private static async Task CallAsync(Uri address, string secret, int number, CancellationToken isDead)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("x-api-key", secret);
        var path = number % 2 == 0 ? "/v1/chat/completions" : "/v1/messages";
        var body = new { model = "gpt-5.4", max_tokens = 30, stream = number % 4 < 2, messages = new[] { new { role = "user", content = "Hello" } } };
        try
        {
            while (!isDead.IsCancellationRequested)
            {
                using var response = await client.PostAsJsonAsync(path, body, isDead);
                await response.Content.ReadAsStringAsync(isDead);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // That is how a killed server ends a call.
        }
    }

    private static async Task<(decimal Spent, decimal Held)> BudgetAsync(ServerProcess server)
    {
        var item = (await server.Client.GetFromJsonAsync<JsonElement>("/api/budgets")).GetProperty("items")[0];
        decimal Amount(string name) => decimal.Parse(item.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
        return (Amount("spent"), Amount("held"));
    }

    private static async Task<List<string>> RowsAsync(ServerProcess server)
    {
        var rows = new List<string>();
        string? next = null;
        do
        {
            var page = await server.Client.GetFromJsonAsync<JsonElement>("/api/costs/calls?limit=100" + (next is null ? "" : "&cursor=" + next));
            rows.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null);
        return rows;
    }
}
