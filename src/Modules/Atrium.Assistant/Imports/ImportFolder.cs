using Atrium.Platform.Configuration;

namespace Atrium.Assistant.Imports;

/// <summary>Where uploads wait until they are read. A file goes with the handle that wrote it; what a killed server left goes at the next start.</summary>
internal sealed class ImportFolder(HouseSettings settings)
{
    private const int BufferLength = 64 * 1024;

    private string Path => settings.DataFile("imports");

    public FileStream Create(Guid id)
    {
        Directory.CreateDirectory(Path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = BufferLength,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose | FileOptions.SequentialScan,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(System.IO.Path.Combine(Path, id.ToString("N")), options);
    }

    public void Empty()
    {
        if (!Directory.Exists(Path))
            return;
        foreach (var file in Directory.EnumerateFiles(Path))
            File.Delete(file);
    }
}
