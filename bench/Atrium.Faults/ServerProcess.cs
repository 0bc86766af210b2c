using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Atrium.Faults;

/// <summary>The built server as a process of its own that can be killed without a word.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first 200 of <c>/ready</c>.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <param name="server">Path of <c>atrium.dll</c>.</param>
    public static async Task<ServerProcess> StartAsync(string server, string dataFolder, int port, string allowedHost)
    {
        var start = new ProcessStartInfo("dotnet", [server]) { WorkingDirectory = dataFolder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["ENVIRONMENT"] = "development",
            ["PORT"] = $"{port}",
            ["BIND"] = "127.0.0.1",
            ["RATE_LIMITS"] = "off",
            ["LOG_LEVEL"] = "error",
            ["ATRIUM_DATA"] = dataFolder,
            ["BACKUP_DIR"] = Path.Combine(dataFolder, "backups"),
            ["ATRIUM_PRIVATE_HOSTS"] = allowedHost,
        })
        {
            start.Environment[name] = value;
        }
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var running = new ServerProcess(process, new Uri($"http://127.0.0.1:{port}"));
        await running.WaitUntilReadyAsync();
        running.StartTime = clock.Elapsed;
        return running;
    }

    /// <summary>SIGKILL: nothing of the process runs after this.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        using var timeout = new CancellationTokenSource(StartTimeout);
        await process.WaitForExitAsync(timeout.Token);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
            try
            {
                using var response = await client.GetAsync("/ready", timeout.Token);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(5, timeout.Token);
        }
    }
}
