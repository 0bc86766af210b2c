using System.Security.Cryptography;
using System.Text.Json;
using Atrium.Platform.Http;

namespace Atrium.Platform.Backups;

/// <summary>The backup is not whole, not readable, or not for this house. Nothing was changed.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What a backup holds. Written last: a folder without it is not a backup.</summary>
public sealed record BackupManifest
{
    public const string FileName = "manifest.json";
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Reason { get; init; }

    /// <summary>sqlite or postgresql.</summary>
    public required string Engine { get; init; }

    /// <summary>Applied schema files, <c>module/number</c>.</summary>
    public required IReadOnlyList<string> Migrations { get; init; }

    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>Reads a backup's manifest and checks every file's size and digest.</summary>
    /// <exception cref="BackupException">Says which file is wrong and how.</exception>
    public static async Task<BackupManifest> VerifyAsync(string folder, CancellationToken cancellation)
    {
        var manifest = await ReadAsync(folder, cancellation);
        foreach (var file in manifest.Files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file.Path));
            if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new BackupException($"The manifest names a file outside the backup: {file.Path}");
            if (!File.Exists(path))
                throw new BackupException($"A file is missing: {file.Path}");
            if (new FileInfo(path).Length != file.Size)
                throw new BackupException($"A file has another size than when it was saved: {file.Path}");
            if (await DigestAsync(path, cancellation) != file.Sha256)
                throw new BackupException($"A file has other content than when it was saved: {file.Path}");
        }
        return manifest;
    }

    internal static async Task<string> DigestAsync(string path, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }

    internal async Task WriteAsync(string folder, CancellationToken cancellation)
    {
        await using var stream = File.Create(Path.Combine(folder, FileName));
        await JsonSerializer.SerializeAsync(stream, this, JsonDefaults.Options, cancellation);
        stream.Flush(flushToDisk: true);
    }

    private static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new BackupException("This is not a whole backup: it has no manifest.json.");
        try
        {
            await using var stream = File.OpenRead(path);
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, JsonDefaults.Options, cancellation);
            return manifest is { Format: CurrentFormat } ? manifest : throw new BackupException("This backup is of a format that this version does not read.");
        }
        catch (JsonException exception)
        {
            throw new BackupException("The backup's manifest.json is damaged.", exception);
        }
    }
}

/// <param name="Path">Relative to the backup's folder, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record BackupFile(string Path, long Size, string Sha256);
