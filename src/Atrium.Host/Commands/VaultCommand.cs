using System.CommandLine;
using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Atrium.Vault;

namespace Atrium.Host.Commands;

/// <summary><c>atrium vault rotate</c>.</summary>
internal static class VaultCommand
{
    public static Command Create()
    {
        var rotate = new Command("rotate", "Changes the master key; the house may be running. After an interruption run it again.");
        rotate.SetAction((_, cancellation) => RotateAsync(cancellation));
        return new Command("vault", "The sealed keys: rotate.") { rotate };
    }

    private static async Task<int> RotateAsync(CancellationToken cancellation)
    {
        var settings = SettingsLoader.FromEnvironment(Directory.GetCurrentDirectory());
        await using var app = House.Build(settings);
        try
        {
            await app.Services.GetRequiredService<Migrator>().MigrateAsync(() => app.Services.GetRequiredService<BackupWriter>().CreateAsync("before-migration", cancellation), cancellation);
            var owners = await VaultModule.RotateMasterKeyAsync(app.Services, cancellation);
            await Console.Out.WriteLineAsync($"The keys of {owners} owners are wrapped under the new master key. A running house takes it at its next use.");
            await Console.Out.WriteLineAsync(settings.NextMasterKey is null
                ? "It is in secrets/master.key of the data folder. Keep a copy of it elsewhere: the old one opens nothing any more."
                : "Now set API_KEY_ENCRYPTION_SECRET to the new key and take API_KEY_ENCRYPTION_SECRET_NEXT away; until then the house opens with both set.");
            return 0;
        }
        catch (Exception exception) when (exception is StartRefusedException or InvalidOperationException or DatabaseUnavailableException or BackupException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
