namespace Atrium.Edits;

/// <summary>What became of a call.</summary>
public enum EditStatus
{
    /// <summary>All operations were applied and at least one file changed.</summary>
    Applied,

    /// <summary>Everything asked for was there already.</summary>
    Unchanged,

    /// <summary>At least one operation could not be applied, so none was.</summary>
    Refused,
}

/// <summary>How much a match had to be forgiven, strictest first. The first tier with a match decides.</summary>
public enum MatchTier
{
    /// <summary>Character for character (line endings aside).</summary>
    Exact,

    /// <summary>White space at line ends differs.</summary>
    TrailingSpace,

    /// <summary>The whole block is indented differently, by one consistent rule.</summary>
    Indentation,

    /// <summary>White space inside lines differs.</summary>
    InnerSpace,

    /// <summary>Typographic punctuation, invisible characters or Unicode normal form differ.</summary>
    Punctuation,

    /// <summary>The text to find was escaped (HTML entities, JSON escapes), fenced or numbered.</summary>
    Wrapping,

    /// <summary>Blank lines differ.</summary>
    BlankLines,

    /// <summary>Parts of the text to find were elided with <c>...</c>.</summary>
    Elision,
}

/// <summary>Where one operation went.</summary>
/// <param name="Operation">Which operation of the call, 0-based.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">1-based first line of the place in the old content; 0 for whole-file operations.</param>
/// <param name="Tier">How much the match had to be forgiven.</param>
/// <param name="Changed">False when the change was there already.</param>
public sealed record AppliedEdit(int Operation, string Path, int Line, MatchTier Tier, bool Changed);

/// <summary>The outcome of a call: all of it, or nothing.</summary>
public sealed record EditResult
{
    /// <summary>What became of the call.</summary>
    public required EditStatus Status { get; init; }

    /// <summary>New contents of the files that changed; null for a file that is gone. Empty when refused or unchanged.</summary>
    public IReadOnlyDictionary<string, string?> Files { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where each operation went; empty when refused.</summary>
    public IReadOnlyList<AppliedEdit> Edits { get; init; } = [];

    /// <summary>What was wrong; empty unless refused.</summary>
    public IReadOnlyList<EditProblem> Problems { get; init; } = [];
}
