using System.Globalization;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;

namespace Atrium.Platform.Backups;

/// <summary>
/// Makes backups: a folder with a consistent copy of the data, the files, and a manifest of digests. Sealing keys are never in it; their only copy
/// is the <see cref="Keyring"/> beside the backups.
/// </summary>
public sealed class BackupWriter(HouseSettings settings, Databases databases, Keyring keyring, TimeProvider clock)
{
    internal const string DataFolder = "data";
    internal const string FilesFolder = "files";

    /// <param name="reason">A word for the folder's name, such as <c>manual</c> or <c>before-migration</c>.</param>
    /// <returns>The backup's folder.</returns>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    /// <exception cref="BackupException">The database fails its integrity check.</exception>
    public async Task<string> CreateAsync(string reason, CancellationToken cancellation)
    {
        if (settings.DatabaseUrl is null && !File.Exists(settings.DataFile("atrium.db")))
            throw new BackupException($"There is no house in {settings.DataFolder} yet.");
        var now = clock.GetUtcNow();
        var name = $"{now.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}-{reason}";
        var folder = Path.Combine(settings.BackupFolder, name);
        var aside = folder + ".part";
        Directory.CreateDirectory(aside);
        try
        {
            // Rows first: a row is written after its file, so every file a copied row names is there to be copied.
            await StoreDump.WriteAsync(databases.Main, Path.Combine(aside, DataFolder), cancellation);
            CopyFiles(settings.DataFile(FilesFolder), Path.Combine(aside, FilesFolder));
            await keyring.WriteAsync(cancellation);
            var manifest = new BackupManifest
            {
                Format = BackupManifest.CurrentFormat,
                CreatedAt = now,
                Reason = reason,
                Engine = settings.DatabaseUrl is null ? "sqlite" : "postgresql",
                Migrations = await databases.Main.QueryAsync<string>("SELECT module || '/' || CAST(number AS TEXT) FROM platform_migrations ORDER BY module, number", null, cancellation),
                Files = await DescribeAsync(aside, cancellation),
            };
            await manifest.WriteAsync(aside, cancellation);
            Directory.Move(aside, folder);
            return folder;
        }
        catch
        {
            Directory.Delete(aside, recursive: true);
            throw;
        }
    }

    private static void CopyFiles(string source, string target)
    {
        if (!Directory.Exists(source))
            return;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".part", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            try
            {
                File.Copy(file, copy);
            }
            catch (FileNotFoundException)
            {
                // Deleted since the listing; no copied row that still needs it could have kept it.
            }
        }
    }

    private static async Task<List<BackupFile>> DescribeAsync(string folder, CancellationToken cancellation)
    {
        var files = new List<BackupFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            files.Add(new BackupFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), new FileInfo(path).Length, await BackupManifest.DigestAsync(path, cancellation)));
        return files;
    }
}
