using Atrium.Edits.Text;

namespace Atrium.Edits.Applying;

/// <summary>The stretch of a file that resembles a text most. Only for showing: nothing is ever applied to it.</summary>
internal static class NearestText
{
    private const int CommonLine = 200;
    private const int LeastLikeness = 40;

    /// <summary>First line, 0-based, of the stretch; null when nothing resembles it.</summary>
    public static int? Find(SourceText source, LineBlock search)
    {
        if (search.IsBlank || source.Keys.Values.Length == 0)
            return null;
        return ByEqualLines(source, search) ?? ByLikeness(source, search);
    }

    /// <summary>Lines that are equal vote for where the block would start; rare lines have the louder voice.</summary>
    private static int? ByEqualLines(SourceText source, LineBlock search)
    {
        var positions = new Dictionary<ulong, List<int>>();
        foreach (var key in search.Keys())
            positions[key] = [];
        var values = source.Keys.Values;
        for (var index = 0; index < values.Length; index++)
        {
            if (positions.TryGetValue(values[index], out var list) && list.Count <= CommonLine)
                list.Add(index);
        }

        var votes = new Dictionary<int, double>();
        var keys = search.Keys();
        for (var index = 0; index < keys.Length; index++)
        {
            var found = positions[keys[index]];
            if (found.Count is 0 or > CommonLine)
                continue;
            var weight = (1.0 + Math.Min(40, search.Content(index).Trim().Length)) / found.Count;
            foreach (var position in found)
                votes[position - index] = votes.GetValueOrDefault(position - index) + weight;
        }

        if (votes.Count == 0)
            return null;
        var best = votes.OrderByDescending(vote => vote.Value).ThenBy(vote => vote.Key).First().Key;
        return source.Keys.Lines[Math.Clamp(best, 0, source.Keys.Lines.Length - 1)];
    }

    /// <summary>Compares letter pairs of the longest line with those of each line of the file.</summary>
    private static int? ByLikeness(SourceText source, LineBlock search)
    {
        var longest = Enumerable.Range(0, search.NonBlank.Length).MaxBy(index => search.Content(index).Length);
        Span<ulong> wanted = stackalloc ulong[4];
        Span<ulong> pairs = stackalloc ulong[4];
        var wantedCount = Pairs(search.Content(longest), wanted);
        var (best, bestScore) = (-1, LeastLikeness);
        var lines = source.Keys.Lines;
        for (var index = 0; index < lines.Length; index++)
        {
            var line = source.Line(lines[index]);
            var count = Pairs(line, pairs);
            var shared = 0;
            for (var word = 0; word < wanted.Length; word++)
                shared += System.Numerics.BitOperations.PopCount(wanted[word] & pairs[word]);
            var score = 200 * shared / Math.Max(1, wantedCount + count);
            if (score > bestScore)
                (best, bestScore) = (index, score);
        }

        return best < 0 ? null : lines[Math.Max(0, best - longest)];
    }

    private static int Pairs(ReadOnlySpan<char> line, Span<ulong> bits)
    {
        bits.Clear();
        line = line.Trim();
        for (var index = 1; index < line.Length; index++)
        {
            var hash = ((line[index - 1] * 31u) + line[index]) * 0x9E3779B1u >> 24;
            bits[(int)(hash >> 6)] |= 1UL << (int)(hash & 63);
        }

        return System.Numerics.BitOperations.PopCount(bits[0]) + System.Numerics.BitOperations.PopCount(bits[1])
            + System.Numerics.BitOperations.PopCount(bits[2]) + System.Numerics.BitOperations.PopCount(bits[3]);
    }
}
