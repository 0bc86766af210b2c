using System.Diagnostics;
using Atrium.Testing;

namespace Atrium.Accounts.Tests.Sessions;

/// <summary>The real program in a process of its own, ended the hard way.</summary>
public sealed class KillTests
{
    [Fact]
    [Keeps("Z-014", "B-010")]
    public async Task A_killed_and_restarted_house_knows_the_same_cookie_and_the_same_bearer()
    {
        var folder = Directory.CreateTempSubdirectory("atrium-kill-").FullName;
        var port = TestHouse.FreePort();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        try
        {
            string token;
            using (var house = await StartAsync(folder, port))
            {
                var setupToken = await File.ReadAllTextAsync(Path.Combine(folder, "data", "setup-token"));
                var session = await client.PostAsync("/api/register", new { username = "owner-of-it", password = TestHouse.Password, setupToken }).JsonAsync();
                token = session.GetProperty("token").GetString()!;
                await KillAsync(house);
            }
            using (var house = await StartAsync(folder, port))
            {
                (await AskAsync(client, "Authorization", "Bearer " + token)).ShouldBe("200");
                (await AskAsync(client, "Cookie", "__Host-atrium=" + token)).ShouldBe("200");
                await KillAsync(house);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<string> AskAsync(HttpClient client, string header, string value) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/me") { Headers = { { header, value } } }).OutcomeAsync();

    private static async Task KillAsync(Process house)
    {
        house.Kill();
        await house.WaitForExitAsync();
    }

    private static async Task<Process> StartAsync(string folder, int port)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "atrium"))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ENVIRONMENT"] = "development",
                ["BCRYPT_ROUNDS"] = "4",
                ["PORT"] = port.ToString(),
                ["ATRIUM_DATA"] = Path.Combine(folder, "data"),
                ["BACKUP_DIR"] = Path.Combine(folder, "backups"),
                ["LOG_LEVEL"] = "info",
            },
        };
        var house = Process.Start(start)!;
        // The log's word "Ready" is the end of the start; the rest of the log is read away so that the pipe never fills.
        while (await house.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("\"Ready\"", StringComparison.Ordinal))
            {
                _ = house.StandardError.ReadToEndAsync();
                _ = house.StandardOutput.ReadToEndAsync();
                return house;
            }
        }
        throw new InvalidOperationException("The house ended before it was ready.");
    }
}
