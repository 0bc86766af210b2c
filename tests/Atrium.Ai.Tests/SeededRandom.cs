using System.Globalization;

namespace Atrium.Ai.Tests;

/// <summary>Randomness that a failing test can repeat: each case has its number as seed.</summary>
internal static class SeededRandom
{
    /// <summary>Rounds of a random test: the sample, or what <c>ATRIUM_FUZZ_ROUNDS</c> asks for.</summary>
    public static int Rounds(int sample) =>
        int.TryParse(Environment.GetEnvironmentVariable("ATRIUM_FUZZ_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : sample;

    /// <summary>Cuts bytes at up to so many random places.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Cut(this Random random, ReadOnlyMemory<byte> bytes, int mostCuts)
    {
        var cuts = Enumerable.Range(0, random.Next(1, mostCuts + 1)).Select(_ => random.Next(bytes.Length + 1)).Order().Append(bytes.Length);
        var pieces = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        foreach (var cut in cuts)
        {
            pieces.Add(bytes[start..cut]);
            start = cut;
        }
        return pieces;
    }
}
