using System.CommandLine;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Connections;

namespace Atrium.Host.Commands;

/// <summary><c>atrium run</c>: serves until it is told to stop. Exit code 1 when the house refuses to open.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var https = new Option<bool>("--https") { Description = "Serves https with a certificate of this house's own authority." };
        var command = new Command("run", "Runs the house: server and web app.") { https };
        command.SetAction((result, cancellation) =>
        {
            if (result.GetValue(https))
                Environment.SetEnvironmentVariable("HTTPS", "true");
            return RunAsync(cancellation);
        });
        return command;
    }

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var settings = SettingsLoader.FromEnvironment(Directory.GetCurrentDirectory());
        Directory.CreateDirectory(settings.DataFolder);
        if (NetworkFileSystem.Find(settings) is { } kind)
        {
            await Console.Error.WriteLineAsync($"FATAL {settings.DataFolder} is on a network file system ({kind}), where SQLite loses data. Use a local disk, or PostgreSQL by DATABASE_URL.");
            return 1;
        }
        await using var app = House.Build(settings);
        if (settings.ServesHttps)
            await Console.Out.WriteLineAsync($"Trust this house's authority on your devices once: {app.Services.GetRequiredService<LocalCertificates>().AuthorityFile}");
        try
        {
            await app.RunAsync(cancellation);
        }
        catch (OperationCanceledException) when (Environment.ExitCode != 0)
        {
            // The house refused to open while the server was still starting; HouseStarter has said why.
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"FATAL Port {settings.Port} is in use. Set PORT to another one.");
            return 1;
        }
        return Environment.ExitCode;
    }
}
