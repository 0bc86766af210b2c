using System.CommandLine;
using System.Net.Sockets;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Spectre.Console;

namespace Atrium.Host.Commands;

/// <summary><c>atrium doctor</c>: what this machine has, what is off without it, and the command that brings it. Exit code 1 when the house cannot run.</summary>
internal static class DoctorCommand
{
    private static readonly Version RefusedBelow = new(10, 0, 12);
    private static readonly Version AdvisedFrom = new(10, 0, 13);

    private static readonly (string Program, string Purpose, string Package)[] Programs =
    [
        ("ffmpeg", "recordings and laughter", "ffmpeg"),
        ("chromium", "page pictures and browser tests", "chromium"),
        ("git", "code workspaces", "git"),
        ("rg", "search in code workspaces", "ripgrep"),
        ("ctags", "symbols in code workspaces", "universal-ctags"),
        ("bwrap", "closed boxes for commands", "bubblewrap"),
        ("pdftotext", "text of PDF files", "poppler-utils"),
        ("vipsthumbnail", "previews of pictures", "libvips-tools"),
        ("psql", "a local PostgreSQL for tests", "postgresql"),
    ];

    private enum Verdict
    {
        Good,
        Missing,
        Bad,
    }

    private sealed record Finding(string Subject, Verdict Verdict, string Words);

    public static Command Create()
    {
        var command = new Command("doctor", "Says what this machine has, and what is off without what it lacks.");
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding> { Runtime(), Sqlite() };
        HouseSettings? settings = null;
        try
        {
            settings = SettingsLoader.FromEnvironment(Directory.GetCurrentDirectory());
            findings.Add(new Finding("Settings", Verdict.Good, $"{settings.Environment}, {settings.PublicUrl}"));
        }
        catch (SettingsException exception)
        {
            findings.AddRange(exception.Errors.Select(error => new Finding("Settings", Verdict.Bad, error)));
        }
        if (settings is not null)
        {
            findings.Add(DataFolder(settings));
            findings.Add(await DatabaseAsync(settings, cancellation));
            findings.Add(await PortAsync(settings, cancellation));
        }
        findings.AddRange(Programs.Select(Find));
        Print(findings);
        return findings.Exists(finding => finding.Verdict == Verdict.Bad) ? 1 : 0;
    }

    private static Finding Runtime()
    {
        var version = Environment.Version;
        return version < RefusedBelow
            ? new Finding(".NET runtime", Verdict.Bad, $"{version}: too old, older ones accept forged cookies (CVE-2026-40372). Install {AdvisedFrom} or later.")
            : version < AdvisedFrom ? new Finding(".NET runtime", Verdict.Missing, $"{version}: works; {AdvisedFrom} or later is advised.")
            : new Finding(".NET runtime", Verdict.Good, version.ToString());
    }

    private static Finding Sqlite()
    {
        try
        {
            var version = SqliteLibrary.EnsureLoaded();
            return version < SqliteLibrary.Oldest
                ? new Finding("SQLite", Verdict.Bad, $"{version}: older than {SqliteLibrary.Oldest}.")
                : new Finding("SQLite", Verdict.Good, version.ToString());
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException)
        {
            return new Finding("SQLite", Verdict.Bad, "Missing. Nothing can be kept without it. On Debian and Ubuntu: apt-get install libsqlite3-0");
        }
    }

    private static Finding DataFolder(HouseSettings settings)
    {
        try
        {
            Directory.CreateDirectory(settings.DataFolder);
            var probe = settings.DataFile(".doctor");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding("Data folder", Verdict.Bad, $"{settings.DataFolder} cannot be written.");
        }
        if (NetworkFileSystem.Find(settings) is { } kind)
            return new Finding("Data folder", Verdict.Bad, $"{settings.DataFolder} is on a network file system ({kind}).");
        var free = new DriveInfo(settings.DataFolder).AvailableFreeSpace / (1024 * 1024);
        return new Finding("Data folder", free < 500 ? Verdict.Missing : Verdict.Good, $"{settings.DataFolder}, {free:N0} MiB free");
    }

    private static async Task<Finding> DatabaseAsync(HouseSettings settings, CancellationToken cancellation)
    {
        if (settings.DatabaseUrl is null)
            return new Finding("Database", Verdict.Good, "SQLite in the data folder");
        await using var databases = new Databases(settings);
        return await databases.IsReachableAsync(cancellation)
            ? new Finding("Database", Verdict.Good, "PostgreSQL " + settings.DatabaseUrl.Display)
            : new Finding("Database", Verdict.Bad, $"PostgreSQL at {settings.DatabaseUrl.Display} does not answer.");
    }

    private static async Task<Finding> PortAsync(HouseSettings settings, CancellationToken cancellation)
    {
        using var socket = new Socket(settings.Bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new System.Net.IPEndPoint(settings.Bind, settings.Port));
            return await Task.FromResult(new Finding("Port", Verdict.Good, $"{settings.Port} is free"));
        }
        catch (SocketException) when (!cancellation.IsCancellationRequested)
        {
            return new Finding("Port", Verdict.Missing, $"{settings.Port} is in use; a house may be running on it already.");
        }
    }

    private static Finding Find((string Program, string Purpose, string Package) wanted)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => File.Exists(Path.Combine(folder, wanted.Program)))
            ? new Finding(wanted.Program, Verdict.Good, wanted.Purpose)
            : new Finding(wanted.Program, Verdict.Missing, $"Off without it: {wanted.Purpose}. On Debian and Ubuntu: apt-get install {wanted.Package}");
    }

    private static void Print(List<Finding> findings)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("").AddColumn("");
        foreach (var finding in findings)
        {
            var mark = finding.Verdict switch { Verdict.Good => "[green]good[/]", Verdict.Missing => "[yellow]note[/]", _ => "[red]bad[/]" };
            table.AddRow(new Markup(mark), new Text(finding.Subject), new Text(finding.Words));
        }
        AnsiConsole.Write(table);
    }
}
