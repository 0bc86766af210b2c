namespace Atrium.Edits;

/// <summary>Why an operation was refused.</summary>
public enum EditProblemCode
{
    /// <summary>The text to find is not in the file.</summary>
    NotFound,

    /// <summary>The text to find is there more than once and nothing says which is meant.</summary>
    Ambiguous,

    /// <summary>The file is no longer what the edit was made for.</summary>
    Stale,

    /// <summary>The new text stands for code that was left out ("rest of code unchanged").</summary>
    Placeholder,

    /// <summary>Two operations change the same place.</summary>
    Overlap,

    /// <summary>The edit is not in the format that it claims, or was cut off.</summary>
    Malformed,

    /// <summary>No file of that name, or the name fits several.</summary>
    UnknownFile,

    /// <summary>A file of that name is there already.</summary>
    FileExists,

    /// <summary>The path is absolute, leaves the folder, or reaches into version control.</summary>
    UnsafePath,

    /// <summary>The text to find is blank.</summary>
    EmptySearch,

    /// <summary>The number of occurrences is not the expected one.</summary>
    WrongCount,

    /// <summary>Too large, or too many operations.</summary>
    TooLarge,
}

/// <summary>What is wrong with one operation, in words for a model and for a person.</summary>
public sealed record EditProblem
{
    /// <summary>The kind of problem.</summary>
    public required EditProblemCode Code { get; init; }

    /// <summary>Which operation of the call, 0-based; null when the answer could not be read at all.</summary>
    public int? Operation { get; init; }

    /// <summary>The file, as far as it is known.</summary>
    public string? Path { get; init; }

    /// <summary>1-based first lines of the places in question: all candidates, or the nearest text.</summary>
    public EquatableList<int> Lines { get; init; } = [];

    /// <summary>At most 40 lines that tell a model what went wrong, what the file really says there, and what to send instead.</summary>
    public required string ForModel { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string ForPerson { get; init; }
}
