using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>Where an operation goes in one file, or why it does not.</summary>
internal sealed record Resolution
{
    public IReadOnlyList<TextEdit> Edits { get; private init; } = [];

    /// <summary>0-based lines where the places start.</summary>
    public IReadOnlyList<int> Lines { get; private init; } = [];

    public MatchTier Tier { get; private init; }

    public EditProblemCode? Problem { get; private init; }

    /// <summary>A word of the problem: the placeholder line, the expected count.</summary>
    public string? Detail { get; private init; }

    public bool IsDone => Problem is null && Edits.Count == 0;

    public static Resolution Found(IReadOnlyList<TextEdit> edits, IReadOnlyList<int> lines, MatchTier tier) =>
        new() { Edits = edits, Lines = lines, Tier = tier };

    /// <summary>The change is there already.</summary>
    public static Resolution Done(int line, MatchTier tier = MatchTier.Exact) => new() { Lines = [line], Tier = tier };

    public static Resolution Refused(EditProblemCode problem, IReadOnlyList<int>? lines = null, string? detail = null) =>
        new() { Problem = problem, Lines = lines ?? [], Detail = detail };
}

/// <summary>A place found for one operation, and what stands there afterwards.</summary>
internal readonly record struct Place(int Start, int End, string NewText, int Line);
