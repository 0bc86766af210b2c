using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>A place in a file whose non-blank lines are, one for one, those of the search block.</summary>
/// <param name="FirstLine">0-based first line of the place, blank lines that were asked for included.</param>
/// <param name="LastLine">0-based last line of the place.</param>
/// <param name="ContentLines">The file's line for each non-blank line of the search block.</param>
/// <param name="Tier">How much had to be forgiven.</param>
/// <param name="Indent">The rule between the indentations.</param>
internal sealed record LineCandidate(int FirstLine, int LastLine, int[] ContentLines, MatchTier Tier, IndentMap Indent)
{
    /// <summary>Blank lines that the file has before the n-th line with content; with n = their count, after the last.</summary>
    public int BlankBefore(int index)
    {
        var end = index < ContentLines.Length ? ContentLines[index] : LastLine + 1;
        var start = index == 0 ? FirstLine : ContentLines[index - 1] + 1;
        return end - start;
    }

    public ReadOnlySpan<char> Content(SourceText source, int index) => source.Line(ContentLines[index]);
}
