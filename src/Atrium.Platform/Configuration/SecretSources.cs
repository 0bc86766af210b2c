using System.ComponentModel;
using System.Diagnostics;

namespace Atrium.Platform.Configuration;

/// <summary>
/// Where a secret setting may come from besides the environment: <c>NAME_FILE</c>, a file as containers and systemd mount them, or
/// <c>NAME_COMMAND</c>, what a command prints, such as the client of a cloud's secret manager.
/// </summary>
internal static class SecretSources
{
    private const int LongestSecret = 64 * 1024;
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Puts what the files hold and the commands print into <paramref name="values"/>. Neither a value nor a command's output is repeated in a message.</summary>
    public static void Resolve(Dictionary<string, string> values, SettingReader reader)
    {
        foreach (var name in HouseSettings.Definitions.Where(setting => setting.IsSecret).Select(setting => setting.Name))
        {
            string[] given = [.. new[] { name, name + "_FILE", name + "_COMMAND" }.Where(source => values.TryGetValue(source, out var text) && text.Length > 0)];
            if (given.Length > 1)
                reader.Refuse(name, $"is given more than once: by {string.Join(" and ", given)}. Keep one.");
            else if (given is [var source] && source != name && Read(source, values[source], reader) is { } secret)
                values[name] = secret;
        }
    }

    private static string? Read(string source, string text, SettingReader reader)
    {
        try
        {
            var secret = (source.EndsWith("_FILE", StringComparison.Ordinal) ? ReadFile(text) : Run(text)).Trim();
            if (secret.Length > 0)
                return secret;
            reader.Refuse(source, "gave nothing.");
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            reader.Refuse(source, exception is FormatException ? exception.Message : "cannot be read.");
        }
        return null;
    }

    private static string ReadFile(string path) =>
        !File.Exists(path) ? throw new FormatException("names a file that is not there.")
        : new FileInfo(path).Length > LongestSecret ? throw new FormatException("names a file that is too large for a secret.")
        : File.ReadAllText(path);

    private static string Run(string command)
    {
        string[] shell = OperatingSystem.IsWindows() ? ["cmd", "/c"] : ["/bin/sh", "-c"];
        var start = new ProcessStartInfo(shell[0], [shell[1], command]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var isTooSlow = false;
        using var watch = new Timer(_ => { isTooSlow = true; process.Kill(entireProcessTree: true); }, null, CommandTimeout, Timeout.InfiniteTimeSpan);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return isTooSlow ? throw new FormatException($"took longer than {CommandTimeout.TotalSeconds:0} seconds.")
            : process.ExitCode == 0 ? output
            : throw new FormatException($"ended with exit code {process.ExitCode}.");
    }
}
