using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Data.Sqlite;

namespace Atrium.Host.Tests;

public sealed class ProcessTests
{
    [Theory]
    [InlineData("PORT", "http")]
    [InlineData("DATABASE_URL", "mysql://atrium:x7q-marker@db/home")]
    [InlineData("API_KEY_ENCRYPTION_SECRET", "x7q-marker")]
    [InlineData("FRONTEND_URL", "http://x7q-marker")]
    [InlineData("REQUIRE", "ANTHROPIC_API_KEY")]
    [Keeps("B-031", "H-061", "L-060")]
    public async Task Ends_at_once_on_a_wrong_setting_and_names_it(string name, string value)
    {
        await using var server = ServerProcess.In(settings: new Dictionary<string, string> { [name] = value });

        var code = await server.RunAsync("run");

        code.ShouldBe(1);
        server.Output.ShouldContain("FATAL configuration: " + (name == "REQUIRE" ? value : name));
        server.Output.ShouldNotContain("x7q-marker");
    }

    [Fact]
    [Keeps("H-062")]
    [Asvs("13.3.2")]
    public async Task Says_at_start_where_it_lives_and_no_character_of_a_secret()
    {
        const string Secret = "an operators token secret with many letters 0123456789";
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["JWT_SECRET"] = Secret });

        server.Output.ShouldContain("Development");
        server.Output.ShouldContain(server.DataFolder);
        server.Output.ShouldContain("SQLite");
        server.Output.ShouldNotContain(Secret[..8]);
        server.Output.ShouldNotContain((await File.ReadAllTextAsync(Path.Combine(server.DataFolder, "secrets", "master.key"))).Trim()[..8]);
    }

    [Fact]
    [Keeps("L-063")]
    public async Task A_failure_inside_says_nothing_of_the_inside_and_is_one_line_of_the_log()
    {
        await using var server = await ServerProcess.StartAsync();
        var session = await RegisterAsync(server);
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "atrium.db")}"))
        {
            await database.OpenAsync();
            await using var drop = database.CreateCommand();
            drop.CommandText = "DROP TABLE assistant_conversations";
            await drop.ExecuteNonQueryAsync();
        }
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/conversations") { Headers = { { "Authorization", "Bearer " + session.GetProperty("token").GetString() } } };

        using var answer = await server.Client.SendAsync(ask);
        var text = await answer.Content.ReadAsStringAsync();
        await server.StopAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        JsonDocument.Parse(text).RootElement.GetProperty("code").GetString().ShouldBe("internal-error");
        foreach (var inside in new[] { "sqlite", "no such table", "SELECT", "   at ", ".cs", "Exception", server.DataFolder })
            text.ShouldNotContain(inside, Case.Insensitive);
        server.Output.Split('\n').Count(line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Ends_well_when_it_is_told_to()
    {
        await using var server = await ServerProcess.StartAsync();

        (await server.StopAsync()).ShouldBe(0);
    }

    [Fact]
    [Keeps("Z-014", "B-010")]
    [Keeps("Z-116")]
    public async Task Keeps_people_signed_in_over_a_kill()
    {
        await using var server = await ServerProcess.StartAsync();
        var session = await RegisterAsync(server);

        await server.KillAsync();
        await server.StartAsync("run");
        await server.WaitUntilReadyAsync();

        var token = session.GetProperty("token").GetString();
        foreach (var (header, value) in new[] { ("Authorization", "Bearer " + token), ("Cookie", "__Host-atrium=" + token) })
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/me") { Headers = { { header, value } } };
            (await server.Client.SendAsync(ask)).StatusCode.ShouldBe(HttpStatusCode.OK, header);
        }
    }

    [Fact]
    public async Task Refuses_a_wrong_master_key_over_sealed_keys_and_never_makes_a_new_one()
    {
        await using var server = await ServerProcess.StartAsync();
        await RegisterAsync(server);
        await server.StopAsync();
        var file = Path.Combine(server.DataFolder, "secrets", "master.key");
        var right = await File.ReadAllTextAsync(file);

        await File.WriteAllTextAsync(file, new string([.. right.Trim().Reverse()]));
        (await server.RunAsync("run")).ShouldBe(1);
        server.Output.ShouldContain("FATAL");
        File.Delete(file);
        (await server.RunAsync("run")).ShouldBe(1);

        File.Exists(file).ShouldBeFalse();
        await File.WriteAllTextAsync(file, right);
        await server.StartAsync("run");
        await server.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task Answers_503_with_a_time_to_wait_while_another_process_holds_the_lock()
    {
        await using var server = await ServerProcess.StartAsync();
        var session = await RegisterAsync(server);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", session.GetProperty("token").GetString());
        SqliteLibrary.EnsureLoaded();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "atrium.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var hold = other.BeginTransaction(deferred: false);

            using var answer = await server.Client.PostAsJsonAsync("/api/conversations", new { title = "late" });

            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("locked");
            (await server.Client.GetAsync("/api/conversations")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        (await server.Client.PostAsJsonAsync("/api/conversations", new { title = "now" })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    internal static async Task<JsonElement> RegisterAsync(ServerProcess server)
    {
        using var answer = await server.Client.PostAsJsonAsync("/api/register", new { username = "mira", password = TestHouse.Password, setupToken = server.SetupToken });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
