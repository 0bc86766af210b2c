using System.Diagnostics;

namespace Atrium.Testing;

/// <summary>A PostgreSQL server that nobody else uses, because it is going to be stopped.</summary>
public sealed class OwnPostgres(string folder, string programs, int port) : IAsyncDisposable
{
    private string Data => Path.Combine(folder, "data");

    public string Address(string database) => $"postgres://atrium@127.0.0.1:{port}/{database}";

    /// <returns>Null when PostgreSQL is not installed.</returns>
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

    /// <summary>Ends it at once, as a crash would: clients are cut, recovery runs at the next start.</summary>
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
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
    }
}
