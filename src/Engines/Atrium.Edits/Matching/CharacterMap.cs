using System.Text;
using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>How the file writes the characters that the search block writes otherwise, as far as that is one rule.</summary>
internal sealed class CharacterMap
{
    private const int LongestTransplant = 20_000;

    private readonly Dictionary<string, string?> map = new(StringComparer.Ordinal);

    private CharacterMap()
    {
    }

    public static CharacterMap Between(IEnumerable<string> search, IEnumerable<string> file)
    {
        var result = new CharacterMap();
        foreach (var (asked, found) in search.Zip(file))
        {
            if (asked.AsSpan().Trim().SequenceEqual(found.AsSpan().Trim()) && asked.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
                continue;
            var (askedUnits, foundUnits) = (FoldUnits.Of([asked]), FoldUnits.Of([found]));
            if (askedUnits.Count != foundUnits.Count)
                continue;
            foreach (var (askedUnit, foundUnit) in askedUnits.Zip(foundUnits))
                result.Learn(askedUnit, foundUnit);
        }

        return result;
    }

    /// <summary>Writes the new lines so that what they share with the search lines is spelt as in the file.</summary>
    public string[] Carry(string[] search, string[] file, string[] contents)
    {
        var (asked, found, written) = (FoldUnits.Of(search), FoldUnits.Of(file), FoldUnits.Of(contents));
        if (asked.Count != found.Count || asked.Count + written.Count > LongestTransplant)
            return contents;
        var result = new StringBuilder();
        var (old, @new) = (0, 0);
        foreach (var change in SequenceDiff.Compute([.. asked.Select(unit => unit.Folded)], [.. written.Select(unit => unit.Folded)]))
        {
            for (; old < change.OldStart; old++, @new++)
                result.Append(written[@new].Raw == asked[old].Raw ? found[old].Raw : written[@new].Raw);
            for (; @new < change.NewEnd; @new++)
                result.Append(map.GetValueOrDefault(written[@new].Raw) ?? written[@new].Raw);
            old = change.OldEnd;
        }

        for (; old < asked.Count; old++, @new++)
            result.Append(written[@new].Raw == asked[old].Raw ? found[old].Raw : written[@new].Raw);
        return result.ToString().Split('\n');
    }

    private void Learn(FoldUnit asked, FoldUnit found)
    {
        // How wide a gap is follows no rule; which character makes it can.
        if (asked.Folded == "\n" || (asked.Folded == " " && (asked.Raw.Length > 1 || found.Raw.Length > 1 || asked.Raw[0] < '\u00A0')))
            return;
        // Two spellings for one character are no rule; null remembers that.
        if (!map.TryAdd(asked.Raw, found.Raw) && map[asked.Raw] != found.Raw)
            map[asked.Raw] = null;
    }
}
