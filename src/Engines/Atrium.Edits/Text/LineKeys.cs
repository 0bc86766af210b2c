using System.Numerics;
using System.Runtime.InteropServices;

namespace Atrium.Edits.Text;

/// <summary>
/// One hash for each non-blank line, over its folded form. Equal keys are a necessary condition for a match of any tier,
/// so one linear pass finds all candidates of all tiers; what they are worth is then decided on the real text.
/// </summary>
internal sealed class LineKeys
{
    private readonly ulong[] values;
    private readonly int[] lines;
    private readonly int count;

    private LineKeys(ulong[] values, int[] lines, int count) => (this.values, this.lines, this.count) = (values, lines, count);

    /// <summary>Keys of the non-blank lines, in order.</summary>
    public ReadOnlySpan<ulong> Values => values.AsSpan(0, count);

    /// <summary>The line number, 0-based, of each key.</summary>
    public ReadOnlySpan<int> Lines => lines.AsSpan(0, count);

    public static LineKeys Of(SourceText source)
    {
        var values = GC.AllocateUninitializedArray<ulong>(source.LineCount);
        var lines = GC.AllocateUninitializedArray<int>(source.LineCount);
        var count = 0;
        for (var line = 0; line < source.LineCount; line++)
        {
            var text = source.Line(line);
            if (text.IsWhiteSpace())
                continue;
            (values[count], lines[count]) = (Hash(text), line);
            count++;
        }

        return new LineKeys(values, lines, count);
    }

    public static ulong Hash(ReadOnlySpan<char> line)
    {
        var content = line.Trim();
        var isFolded = !content.ContainsAnyExceptInRange(' ', '~') && !content.Contains("  ", StringComparison.Ordinal);
        return HashFolded(isFolded ? content : TextFold.Fold(content));
    }

    /// <summary>All positions in <see cref="Values"/> where the sequence starts, by Knuth, Morris and Pratt: linear whatever the input.</summary>
    public List<int> Find(ReadOnlySpan<ulong> sequence)
    {
        var found = new List<int>();
        var keys = Values;
        if (sequence.IsEmpty || sequence.Length > keys.Length)
            return found;
        var fallback = Fallback(sequence);
        var matched = 0;
        for (var position = 0; position < keys.Length; position++)
        {
            while (matched > 0 && keys[position] != sequence[matched])
                matched = fallback[matched - 1];
            if (keys[position] == sequence[matched])
                matched++;
            if (matched != sequence.Length)
                continue;
            found.Add(position - matched + 1);
            matched = fallback[matched - 1];
        }

        return found;
    }

    private static int[] Fallback(ReadOnlySpan<ulong> sequence)
    {
        var fallback = new int[sequence.Length];
        var length = 0;
        for (var position = 1; position < sequence.Length; position++)
        {
            while (length > 0 && sequence[position] != sequence[length])
                length = fallback[length - 1];
            if (sequence[position] == sequence[length])
                length++;
            fallback[position] = length;
        }

        return fallback;
    }

    /// <summary>Four characters a step; equal keys are compared in full before they count.</summary>
    private static ulong HashFolded(ReadOnlySpan<char> folded)
    {
        const ulong multiplier = 0x9E3779B97F4A7C15UL;
        var hash = (ulong)folded.Length;
        foreach (var four in MemoryMarshal.Cast<char, ulong>(folded))
            hash = BitOperations.RotateLeft((hash ^ four) * multiplier, 29);
        foreach (var character in folded[(folded.Length / 4 * 4)..])
            hash = BitOperations.RotateLeft((hash ^ character) * multiplier, 29);
        return hash;
    }
}
