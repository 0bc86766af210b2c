using Atrium.Platform.Data;

namespace Atrium.Gateway.SharedRows;

/// <summary>Rows that calls need and people seldom change: each server keeps them in memory and reads them again when another one has changed them.</summary>
internal interface ISharedRows
{
    /// <summary>Under which their version is stored.</summary>
    string Name { get; }

    Task LoadAsync(CancellationToken cancellation);
}

internal static class SharedRowsVersion
{
    /// <summary>Tells the other servers. Part of the unit that changes the rows.</summary>
    public static void Raise(WriteUnit unit, string name) =>
        unit.Execute(
            "INSERT INTO gateway_shared_rows (name, version) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET version = gateway_shared_rows.version + 1", new { name });
}
