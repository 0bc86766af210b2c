using System.Diagnostics;
using System.Net;
using System.Text;

namespace Atrium.Testing;

/// <summary>The built server as a process of its own, for what only a process shows: exit codes, signals, kill -9, what is printed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> environment;
    private readonly bool ownsFolder;
    private readonly string program;
    private readonly StringBuilder output = new();
    private Process? process;
    private long startedAt;

    private ServerProcess(string folder, bool ownsFolder, IReadOnlyDictionary<string, string> settings)
    {
        // What is measured is what people run: ./atrium bench builds it first.
        program = Environment.GetEnvironmentVariable("ATRIUM_BUILT_SERVER") ?? Path.Combine(AppContext.BaseDirectory, "atrium.dll");
        Folder = folder;
        this.ownsFolder = ownsFolder;
        environment = new Dictionary<string, string>
        {
            ["PORT"] = TestHouse.FreePort().ToString(),
            ["ENVIRONMENT"] = "development",
            ["LOG_LEVEL"] = "info",
            ["BCRYPT_ROUNDS"] = "4",
            ["RATE_LIMITS"] = "off",
            ["ATRIUM_DATA"] = Path.Combine(folder, "data"),
            ["BACKUP_DIR"] = Path.Combine(folder, "backups"),
        };
        foreach (var (name, value) in settings)
            environment[name] = value;
        Client = new HttpClient();
        if (ushort.TryParse(environment["PORT"], out _))
            Client.BaseAddress = Address;
    }

    public string Folder { get; }

    public string DataFolder => environment["ATRIUM_DATA"];

    public Uri Address => new($"http://localhost:{environment["PORT"]}");

    public HttpClient Client { get; }

    /// <summary>From the start of the process to the first 200 of <c>/ready</c>.</summary>
    public TimeSpan StartTime { get; private set; }

    public int ProcessId => process!.Id;

    public string SetupToken => File.ReadAllText(Path.Combine(DataFolder, "setup-token")).Trim();

    /// <summary>Everything the process has printed so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Prepares a server without starting it.</summary>
    /// <param name="folder">Null: a temporary folder that goes with the server.</param>
    public static ServerProcess In(string? folder = null, IReadOnlyDictionary<string, string>? settings = null) =>
        new(folder ?? Directory.CreateTempSubdirectory("atrium-server-").FullName, folder is null, settings ?? new Dictionary<string, string>());

    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var server = In(null, settings);
        await server.StartAsync("run");
        await server.WaitUntilReadyAsync();
        return server;
    }

    public Task StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        startedAt = Stopwatch.GetTimestamp();
        process = Process.Start(start)!;
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return Task.CompletedTask;
    }

    /// <summary>Runs a command of the program to its end.</summary>
    /// <returns>The exit code; what was printed is in <see cref="Output"/>.</returns>
    public async Task<int> RunAsync(params string[] arguments)
    {
        await StartAsync(arguments);
        return await WaitForExitAsync();
    }

    public async Task WaitUntilReadyAsync()
    {
        using var timeout = new CancellationTokenSource(ReadyTimeout);
        while (true)
        {
            if (process!.HasExited)
                throw new InvalidOperationException($"The server ended with exit code {process.ExitCode}:\n{Output}");
            try
            {
                using var answer = await Client.GetAsync("/ready", timeout.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    StartTime = Stopwatch.GetElapsedTime(startedAt);
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(10, timeout.Token);
        }
    }

    public async Task<int> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(ExitTimeout);
        await process!.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    /// <summary>Until something holds that the process brings about, or the process has ended.</summary>
    public async Task WaitUntilAsync(Func<bool> holds)
    {
        using var timeout = new CancellationTokenSource(ReadyTimeout);
        while (!holds() && !process!.HasExited)
            await Task.Delay(1, timeout.Token);
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor sends it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString()]);
        await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (process is { HasExited: false })
            await KillAsync();
        process?.Dispose();
        if (ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }

    private void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (output)
            output.AppendLine(line.Data);
    }
}
