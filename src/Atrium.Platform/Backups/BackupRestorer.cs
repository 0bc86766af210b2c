using Atrium.Platform.Configuration;
using Atrium.Platform.Data;

namespace Atrium.Platform.Backups;

/// <summary>Brings a backup back into an empty house. The server must not be running on it.</summary>
public sealed class BackupRestorer(HouseSettings settings, Databases databases, Migrator migrator, Keyring keyring)
{
    /// <summary>Checks the whole backup before it touches anything, then loads data, files, and keys: the live ones if there are any, else the keyring's.</summary>
    /// <exception cref="BackupException">The backup is not whole, is of the other engine, or the house is not empty.</exception>
    public async Task<BackupManifest> RestoreAsync(string folder, CancellationToken cancellation)
    {
        var manifest = await BackupManifest.VerifyAsync(folder, cancellation);
        var isSqlite = settings.DatabaseUrl is null;
        if (manifest.Engine != (isSqlite ? "sqlite" : "postgresql"))
            throw new BackupException($"This backup is of {manifest.Engine}; the house uses the other engine.");
        if (isSqlite && File.Exists(settings.DataFile("atrium.db")))
            throw new BackupException($"{settings.DataFolder} already holds a house. Move it away first.");
        Directory.CreateDirectory(settings.DataFolder);
        var known = manifest.Migrations.ToHashSet(StringComparer.Ordinal);
        if (!isSqlite)
            await migrator.MigrateMainAsync(known.Contains, cancellation);
        await StoreDump.ReadAsync(databases.Main, Path.Combine(folder, BackupWriter.DataFolder), cancellation);
        RestoreFiles(Path.Combine(folder, BackupWriter.FilesFolder), settings.DataFile(BackupWriter.FilesFolder));
        if (!await HasKeysAsync(isSqlite, cancellation) && keyring.Exists)
        {
            if (!isSqlite)
                await migrator.MigrateKeysAsync(cancellation);
            await keyring.ReadAsync(cancellation);
        }
        return manifest;
    }

    private async Task<bool> HasKeysAsync(bool isSqlite, CancellationToken cancellation)
    {
        if (isSqlite)
            return File.Exists(settings.DataFile("keys.db"));
        return await databases.Keys.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public')", null, cancellation);
    }

    private static void RestoreFiles(string source, string target)
    {
        if (!Directory.Exists(source))
            return;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
