namespace Atrium.Edits;

/// <summary>One change that a model asks for. All positions refer to the files as they were before the call.</summary>
public abstract record EditOperation
{
    /// <summary>
    /// The file, relative and with forward slashes. Null or empty means "the only file of the call".
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// <see cref="ContentHash"/> of the content that the edit was made for. When it is given and differs from the
    /// current content, the operation is refused as stale. Null skips the check.
    /// </summary>
    public string? BaseHash { get; init; }
}

/// <summary>Replaces text that occurs exactly once, or every occurrence when <see cref="All"/> is set.</summary>
public sealed record ReplaceText : EditOperation
{
    /// <summary>The text to find. Line endings of any style.</summary>
    public required string Old { get; init; }

    /// <summary>What stands there afterwards, taken literally. Empty deletes.</summary>
    public required string New { get; init; }

    /// <summary>Replace every occurrence instead of exactly one.</summary>
    public bool All { get; init; }

    /// <summary>How many occurrences there must be when <see cref="All"/> is set; null accepts any number above zero.</summary>
    public int? ExpectedCount { get; init; }

    /// <summary>
    /// True for formats that speak in whole lines (SEARCH/REPLACE, diffs, patches): a match in the middle of a line does not count.
    /// False for literal formats (<c>str_replace</c>).
    /// </summary>
    public bool WholeLines { get; init; }

    /// <summary>Names one of several identical places; it never makes a non-matching place match.</summary>
    public EditHint? Hint { get; init; }

    /// <summary>Whether the file ends with a line feed afterwards, for diffs that change that; null keeps the file's way.</summary>
    public bool? FinalNewline { get; init; }
}

/// <summary>On which side of the anchor new text goes.</summary>
public enum InsertPosition
{
    /// <summary>In front of the anchor.</summary>
    Before,

    /// <summary>Behind the anchor.</summary>
    After,
}

/// <summary>Inserts text beside an anchor that occurs exactly once. An anchor of whole lines gets new lines, any other gets text in its line.</summary>
public sealed record InsertText : EditOperation
{
    /// <summary>The text that the insertion stands beside; it stays.</summary>
    public required string Anchor { get; init; }

    /// <summary>The text to insert, taken literally.</summary>
    public required string Text { get; init; }

    /// <summary>Before or after the anchor.</summary>
    public InsertPosition Position { get; init; } = InsertPosition.After;

    /// <summary>Names one of several identical anchors.</summary>
    public EditHint? Hint { get; init; }
}

/// <summary>Inserts whole lines by number, as <c>insert_line</c> of tool calls does.</summary>
public sealed record InsertLines : EditOperation
{
    /// <summary>The insertion stands after this line, 1-based; 0 is the top of the file.</summary>
    public required int AfterLine { get; init; }

    /// <summary>The lines to insert.</summary>
    public required string Text { get; init; }
}

/// <summary>Deletes text that occurs exactly once, or every occurrence when <see cref="All"/> is set.</summary>
public sealed record DeleteText : EditOperation
{
    /// <summary>The text to delete.</summary>
    public required string Old { get; init; }

    /// <summary>Delete every occurrence.</summary>
    public bool All { get; init; }

    /// <summary>True when <see cref="Old"/> speaks in whole lines.</summary>
    public bool WholeLines { get; init; }

    /// <summary>Names one of several identical places.</summary>
    public EditHint? Hint { get; init; }
}

/// <summary>Creates a file, or gives an existing one a whole new content when <see cref="Overwrite"/> is set.</summary>
public sealed record WriteFile : EditOperation
{
    /// <summary>The whole content.</summary>
    public required string Content { get; init; }

    /// <summary>False refuses when the file exists with another content.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>Deletes a file.</summary>
public sealed record DeleteFile : EditOperation
{
    /// <summary>The content that the file is believed to have; when it has another, the operation is stale. Null skips the check.</summary>
    public string? Content { get; init; }
}

/// <summary>Moves a file; other operations of the call on its old path apply to it as well.</summary>
public sealed record MoveFile : EditOperation
{
    /// <summary>The new path, relative and with forward slashes; nothing may be there.</summary>
    public required string NewPath { get; init; }
}

/// <summary>Helps to choose between identical places. Each part that is null says nothing.</summary>
public sealed record EditHint
{
    /// <summary>First line of the wanted place, 1-based; it must be exactly the first line of one of the places.</summary>
    public int? Line { get; init; }

    /// <summary>Lines or names of enclosing declarations, outermost first, as after <c>@@</c> in a patch.</summary>
    public EquatableList<string> Scopes { get; init; } = [];

    /// <summary>The wanted place is at the end of the file.</summary>
    public bool AtEnd { get; init; }
}
