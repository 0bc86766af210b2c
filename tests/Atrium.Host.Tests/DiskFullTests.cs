using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Atrium.Testing;

namespace Atrium.Host.Tests;

public sealed class DiskFullTests
{
    [Fact]
    public async Task Keeps_reading_and_says_so_when_the_disk_is_full_and_writes_again_when_there_is_room()
    {
        Assert.SkipUnless(Environment.UserName == "root" && OperatingSystem.IsLinux(), "mounting a small disk needs root on Linux");
        var folder = Directory.CreateTempSubdirectory("atrium-small-disk-").FullName;
        Assert.SkipUnless(await ShellAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder) == 0, "tmpfs cannot be mounted here");
        try
        {
            await using var server = ServerProcess.In(folder);
            await server.StartAsync("run");
            await server.WaitUntilReadyAsync();
            var session = await ProcessTests.RegisterAsync(server);
            server.Client.DefaultRequestHeaders.Authorization = new("Bearer", session.GetProperty("token").GetString());
            (await server.Client.PostAsJsonAsync("/api/conversations", new { title = "before" })).StatusCode.ShouldBe(HttpStatusCode.Created);
            FillUp(Path.Combine(folder, "ballast"));

            var statuses = new HashSet<HttpStatusCode>();
            for (var attempt = 0; attempt < 200 && !statuses.Contains(HttpStatusCode.InsufficientStorage); attempt++)
            {
                using var answer = await server.Client.PostAsJsonAsync("/api/conversations", new { title = "during", systemPrompt = new string('x', 20_000) });
                statuses.Add(answer.StatusCode);
            }

            statuses.ShouldContain(HttpStatusCode.InsufficientStorage);
            statuses.ShouldNotContain(HttpStatusCode.InternalServerError);
            (await server.Client.GetAsync("/api/conversations")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await server.Client.GetAsync("/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            File.Delete(Path.Combine(folder, "ballast"));
            (await server.Client.PostAsJsonAsync("/api/conversations", new { title = "after" })).StatusCode.ShouldBe(HttpStatusCode.Created);
            (await server.Client.GetAsync("/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await ShellAsync("umount", "-l", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void FillUp(string file)
    {
        using var stream = File.Create(file, 1);
        var block = new byte[4096];
        try
        {
            while (true)
                stream.Write(block);
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
        }
    }

    private static async Task<int> ShellAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
