using Atrium.Platform.Configuration;

namespace Atrium.Host;

/// <summary>SQLite's locks and shared memory do not work over a network, so such a data folder is refused.</summary>
internal static class NetworkFileSystem
{
    private static readonly HashSet<string> Kinds = new(StringComparer.OrdinalIgnoreCase) { "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs", "fuse.glusterfs", "webdav", "davfs" };

    /// <returns>The file system's name, or null when the data folder is local or the database is not SQLite.</returns>
    public static string? Find(HouseSettings settings)
    {
        if (settings.DatabaseUrl is not null)
            return null;
        var kind = DriveInfo.GetDrives()
            .Where(drive => (settings.DataFolder + "/").StartsWith(drive.Name.TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(drive => drive.Name.Length) is { } mount ? FormatOf(mount) : null;
        return kind is not null && Kinds.Contains(kind) ? kind : null;
    }

    private static string? FormatOf(DriveInfo drive)
    {
        try
        {
            return drive.DriveFormat;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
