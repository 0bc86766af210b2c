using System.CommandLine;
using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;

namespace Atrium.Host.Commands;

/// <summary><c>atrium backup create|verify|restore</c>.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "A backup's folder." };
        var create = new Command("create", "Makes a backup; the house may be running.");
        create.SetAction((_, cancellation) => WithServicesAsync(services => CreateAsync(services, cancellation)));
        var verify = new Command("verify", "Checks that a backup is whole.") { folder };
        verify.SetAction((result, cancellation) => ReportAsync(() => VerifyAsync(result.GetRequiredValue(folder), cancellation)));
        var restore = new Command("restore", "Restores a backup into an empty house that is not running.") { folder };
        restore.SetAction((result, cancellation) => WithServicesAsync(services => RestoreAsync(services, result.GetRequiredValue(folder), cancellation)));
        return new Command("backup", "Backups: create, verify, restore.") { create, verify, restore };
    }

    private static async Task<string> CreateAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var folder = await services.GetRequiredService<BackupWriter>().CreateAsync("manual", cancellation);
        var manifest = await BackupManifest.VerifyAsync(folder, cancellation);
        return $"{folder}\n{manifest.Files.Count} files, {manifest.Files.Sum(file => file.Size)} bytes, checked. The sealing keys are beside it in {Keyring.FileName}, encrypted under the master key, which is in no backup: keep it elsewhere.";
    }

    private static async Task<string> VerifyAsync(string folder, CancellationToken cancellation)
    {
        var manifest = await BackupManifest.VerifyAsync(folder, cancellation);
        return $"Whole: {manifest.Files.Count} files of {manifest.CreatedAt:u}, {manifest.Engine}.";
    }

    private static async Task<string> RestoreAsync(IServiceProvider services, string folder, CancellationToken cancellation)
    {
        var manifest = await services.GetRequiredService<BackupRestorer>().RestoreAsync(folder, cancellation);
        return $"Restored the house of {manifest.CreatedAt:u}. Start it with: ./atrium run";
    }

    private static async Task<int> WithServicesAsync(Func<IServiceProvider, Task<string>> work)
    {
        var settings = SettingsLoader.FromEnvironment(Directory.GetCurrentDirectory());
        await using var app = House.Build(settings);
        return await ReportAsync(() => work(app.Services));
    }

    private static async Task<int> ReportAsync(Func<Task<string>> work)
    {
        try
        {
            await Console.Out.WriteLineAsync(await work());
            return 0;
        }
        catch (Exception exception) when (exception is BackupException or DatabaseUnavailableException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
