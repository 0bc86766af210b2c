using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>
/// Carries the change from search block to replacement over to the file's own version of the block: lines that the edit
/// leaves alone stay as the file has them, changed lines get the file's indentation and characters.
/// </summary>
internal sealed class BlockRewriter
{
    private readonly SourceText source;
    private readonly LineCandidate candidate;
    private readonly LineBlock search;
    private readonly LineBlock replacement;
    private readonly bool inFileIndentation;
    private readonly CharacterMap characters;
    private readonly List<string> output = [];

    private BlockRewriter(SourceText source, LineCandidate candidate, LineBlock search, LineBlock replacement)
    {
        this.source = source;
        this.candidate = candidate;
        this.search = search;
        this.replacement = replacement;
        inFileIndentation = UsesFileIndentation();
        characters = CharacterMap.Between(search.NonBlank.Select(line => search.Lines[line]), candidate.ContentLines.Select(line => source.Line(line).ToString()));
    }

    /// <summary>The new lines of the place; null when the indentation rule cannot express the new text.</summary>
    public static List<string>? Rewrite(SourceText source, LineCandidate candidate, LineBlock search, LineBlock replacement)
    {
        if (candidate.Tier == MatchTier.Exact)
            return [.. replacement.Lines];
        var rewriter = new BlockRewriter(source, candidate, search, replacement);
        return rewriter.Run() ? rewriter.output : null;
    }

    private bool Run()
    {
        var old = 0;
        var @new = 0;
        foreach (var change in SequenceDiff.Compute([.. OldKeys()], [.. NewKeys()]))
        {
            Keep(old, change.OldStart, @new);
            if (!Change(change))
                return false;
            (old, @new) = (change.OldEnd, change.NewEnd);
        }

        Keep(old, search.NonBlank.Length, @new);
        AddBlankLines(replacement.NonBlank.Length, search.NonBlank.Length);
        return true;
    }

    private IEnumerable<string> OldKeys()
    {
        for (var index = 0; index < search.NonBlank.Length; index++)
        {
            var shown = inFileIndentation ? candidate.Content(source, index) : search.Content(index);
            yield return Indentation.Of(shown) + "\0" + TextFold.Fold(search.Content(index));
        }
    }

    private IEnumerable<string> NewKeys() =>
        replacement.NonBlank.Select(line => Indentation.Of(replacement.Lines[line]) + "\0" + TextFold.Fold(replacement.Lines[line]));

    private void Keep(int from, int to, int @new)
    {
        for (var old = from; old < to; old++, @new++)
        {
            AddBlankLines(@new, old);
            var written = replacement.Content(@new).AsSpan().Trim();
            var found = candidate.Content(source, old);
            // Equal under folding, yet written differently from both: then the edit means the characters themselves.
            if (written.SequenceEqual(search.Content(old).AsSpan().Trim()) || written.SequenceEqual(found.Trim()))
                output.Add(found.ToString());
            else
                output.Add(string.Concat(Indentation.Of(found), Transplant([old], [@new])[0]));
        }
    }

    private bool Change(SequenceChange change)
    {
        var indents = new List<string>();
        for (var @new = change.NewStart; @new < change.NewEnd; @new++)
        {
            var indent = Indentation.Of(replacement.Content(@new));
            if (!inFileIndentation && candidate.Indent.Map(indent, @new == 0) is not { } mapped)
                return false;
            indents.Add(inFileIndentation ? indent : candidate.Indent.Map(indent, @new == 0)!);
        }

        var contents = Transplant([.. Enumerable.Range(change.OldStart, change.OldEnd - change.OldStart)], [.. Enumerable.Range(change.NewStart, indents.Count)]);
        var oneToOne = change.OldEnd - change.OldStart == indents.Count;
        for (var index = 0; index < indents.Count; index++)
        {
            var old = index == 0 && change.OldEnd > change.OldStart ? change.OldStart : oneToOne ? change.OldStart + index : -1;
            AddBlankLines(change.NewStart + index, old);
            output.Add(indents[index] + contents[index] + TrailingSpace(change.NewStart + index));
        }

        return true;
    }

    /// <summary>Where the search block invents or loses space at line ends, that of the replacement means nothing either.</summary>
    private string TrailingSpace(int @new)
    {
        var line = replacement.Content(@new);
        var noisy = Enumerable.Range(0, search.NonBlank.Length).Any(index =>
            char.IsWhiteSpace(search.Content(index)[^1]) && !char.IsWhiteSpace(candidate.Content(source, index)[^1]));
        return noisy ? "" : line[line.TrimEnd().Length..];
    }

    private string[] Transplant(int[] old, int[] @new)
    {
        var contents = @new.Select(index => replacement.Content(index).Trim()).ToArray();
        if (candidate.Tier < MatchTier.InnerSpace || contents.Length == 0)
            return contents;
        return characters.Carry(
            [.. old.Select(search.Content)], [.. old.Select(index => candidate.Content(source, index).ToString())], contents);
    }

    /// <summary>Blank lines before a new line: the file's own number where the edit did not change it.</summary>
    private void AddBlankLines(int @new, int old)
    {
        var wanted = replacement.BlankBefore(@new);
        if (old >= 0 && wanted == search.BlankBefore(old))
            wanted = candidate.BlankBefore(old);
        var own = old >= 0 && wanted == candidate.BlankBefore(old);
        var first = old <= 0 ? candidate.FirstLine : candidate.ContentLines[old - 1] + 1;
        var written = @new == 0 ? 0 : replacement.NonBlank[@new - 1] + 1;
        for (var index = 0; index < wanted; index++)
            output.Add(own ? source.Line(first + index).ToString() : replacement.Lines[written + index]);
    }

    /// <summary>Tells by its unchanged lines whether the replacement is written with the file's indentation or with that of the search block.</summary>
    private bool UsesFileIndentation()
    {
        if (candidate.Indent == IndentMap.Identity)
            return true;
        if (replacement.IsBlank)
            return false;
        var asSearch = new HashSet<string>(StringComparer.Ordinal);
        var asFile = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < search.NonBlank.Length; index++)
        {
            asSearch.Add(search.Content(index).TrimEnd());
            asFile.Add(candidate.Content(source, index).TrimEnd().ToString());
        }

        var written = replacement.NonBlank.Select(line => replacement.Lines[line].TrimEnd()).ToList();
        var (likeSearch, likeFile) = (written.Count(asSearch.Contains), written.Count(asFile.Contains));
        if (likeSearch != likeFile)
            return likeFile > likeSearch;
        var first = Indentation.Of(written[0]);
        return first != Indentation.Of(search.Content(0)) && first == Indentation.Of(candidate.Content(source, 0));
    }
}
