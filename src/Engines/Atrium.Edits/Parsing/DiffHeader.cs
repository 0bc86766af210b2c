using System.Text;

namespace Atrium.Edits.Parsing;

/// <summary>What stands above the hunks of one file in a unified diff.</summary>
internal sealed class DiffHeader
{
    private const string Nothing = "/dev/null";

    public string? Before { get; set; }

    public string? After { get; set; }

    public string? FromGit { get; init; }

    public string? RenameFrom { get; private set; }

    public string? RenameTo { get; private set; }

    public StringBuilder Deleted { get; } = new();

    public bool HasNames => Before is not null || After is not null;

    public bool Creates => Before == Nothing || (Before is null && isNew);

    public bool Deletes => After == Nothing || (After is null && isDeleted);

    private bool isNew;
    private bool isDeleted;

    /// <summary>Takes an extended header line; false when the line is none.</summary>
    public bool Read(string line)
    {
        isNew |= line.StartsWith("new file mode", StringComparison.Ordinal);
        isDeleted |= line.StartsWith("deleted file mode", StringComparison.Ordinal);
        if (line.StartsWith("rename from ", StringComparison.Ordinal))
            RenameFrom = DiffPath.Read(line["rename from ".Length..]);
        else if (line.StartsWith("rename to ", StringComparison.Ordinal))
            RenameTo = DiffPath.Read(line["rename to ".Length..]);
        else
            return isNew || isDeleted || line.StartsWith("index ", StringComparison.Ordinal);
        return true;
    }

    /// <summary>The file that the hunks are for, without the <c>a/</c> and <c>b/</c> of the format.</summary>
    public string? Path(FileNames names)
    {
        if (RenameFrom is not null)
            return RenameFrom;
        if (!HasNames)
            return FromGit is null ? null : Strip(DiffPath.SecondOf(FromGit), 'b', names);
        var after = After is null or Nothing ? null : Strip(After, 'b', names);
        var before = Before is null or Nothing ? null : Strip(Before, 'a', names);
        if (after is null || (before is not null && !names.IsKnown(after) && names.IsKnown(before)))
            return before;
        return after;
    }

    private static string Strip(string path, char letter, FileNames names)
    {
        var prefixed = path.Length > 2 && path[1] == '/' && (path[0] == letter || path[0] is 'a' or 'b' or 'i' or 'w' or 'c');
        if (!prefixed)
            return path;
        // A folder can really be called "a".
        return names.IsKnown(path) && !names.IsKnown(path[2..]) ? path : path[2..];
    }
}
