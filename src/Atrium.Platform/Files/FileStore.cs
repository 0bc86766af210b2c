using Atrium.Platform.Configuration;

namespace Atrium.Platform.Files;

/// <summary>Blobs in the data folder, one file per id. A blob is whole or absent: it is written aside, synced, then renamed.</summary>
/// <remarks>Only the house and its group can read them: files 640, folders 750.</remarks>
public sealed class FileStore(HouseSettings settings)
{
    private const UnixFileMode FileMode640 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const UnixFileMode FolderMode750 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private string Root => settings.DataFile("files");

    /// <param name="module">The owner's module name: the folder.</param>
    public async Task WriteAsync(string module, Guid id, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var path = PathOf(module, id);
        MakeFolder(Path.GetDirectoryName(path)!);
        var aside = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode640;
        await using (var stream = new FileStream(aside, options))
        {
            await stream.WriteAsync(bytes, cancellation);
            stream.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
    }

    /// <returns>Null when there is no such blob.</returns>
    public async Task<byte[]?> ReadAsync(string module, Guid id, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(module, id), cancellation);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string module, Guid id)
    {
        var path = PathOf(module, id);
        if (File.Exists(path))
            File.Delete(path);
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, FolderMode750);
    }

    // Version 7 ids begin with their time; the last two digits are random and spread the files over 256 folders.
    private string PathOf(string module, Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(Root, module, name[^2..], name);
    }
}
