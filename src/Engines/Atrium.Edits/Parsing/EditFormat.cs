namespace Atrium.Edits;

/// <summary>The ways in which models write edits.</summary>
public enum EditFormat
{
    /// <summary>Recognised from the text itself.</summary>
    Auto,

    /// <summary>SEARCH/REPLACE blocks between conflict-like markers.</summary>
    SearchReplace,

    /// <summary>JSON tool calls: <c>str_replace</c> and its relatives, and this library's own operations.</summary>
    StrReplace,

    /// <summary>Unified diffs.</summary>
    UnifiedDiff,

    /// <summary>The patch format between <c>*** Begin Patch</c> and <c>*** End Patch</c>.</summary>
    V4A,

    /// <summary>Whole files.</summary>
    WholeFile,
}

/// <summary>What was read from a model's answer.</summary>
/// <param name="Operations">The complete operations, in order.</param>
/// <param name="Problems">What could not be read; an answer with problems should not be applied in part.</param>
public sealed record EditReading(IReadOnlyList<EditOperation> Operations, IReadOnlyList<EditProblem> Problems);
