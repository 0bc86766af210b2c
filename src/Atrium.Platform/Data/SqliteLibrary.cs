using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Atrium.Platform.Data;

/// <summary>
/// Uses the operating system's SQLite instead of a bundled one, so that security updates of the system reach Atrium.
/// See docs/decisions/0003-system-sqlite.md.
/// </summary>
public static class SqliteLibrary
{
    public static readonly Version Oldest = new(3, 40);

    private static readonly string[] FileNames =
        OperatingSystem.IsWindows() ? ["winsqlite3"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lazy<Version> loaded = new(Load);

    /// <summary>Loads the library once. Throws <see cref="DllNotFoundException"/> when the system has none.</summary>
    /// <returns>The version of the system's SQLite.</returns>
    public static Version EnsureLoaded() => loaded.Value;

    private static Version Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        return Version.Parse(raw.sqlite3_libversion().utf8_to_string());
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        foreach (var file in FileNames)
        {
            if (NativeLibrary.TryLoad(file, assembly, path, out var handle))
                return handle;
        }
        throw new DllNotFoundException("SQLite is not installed. On Debian and Ubuntu: apt-get install libsqlite3-0");
    }
}
