using System.Diagnostics;
using System.Globalization;

namespace Atrium.Edits.Bench;

/// <summary>One measured row: times in milliseconds (the best one is what a busy machine disturbs least), bytes allocated by one call.</summary>
internal sealed record SpeedRow(string Name, int Lines, double BestMs, double MedianMs, double P95Ms, long Bytes, double AgainstPlainReplace);

/// <summary>Times the applier over sizes and kinds of match, beside the plainest thing that could be done: find once, replace once.</summary>
internal static class SpeedBench
{
    private const int Warmup = 40;

    public static List<SpeedRow> Run()
    {
        var rows = new List<SpeedRow>();
        Console.WriteLine("| case | lines | best ms | median ms | p95 ms | median ns a line | allocated KiB | × plain find and replace |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var kind in Enum.GetValues<EditKind>())
            rows.Add(Measure(kind.ToString(), 5000, kind, 200));
        foreach (var kind in new[] { EditKind.Indentation, EditKind.Miss })
        {
            foreach (var lines in new[] { 2500, 5000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000 })
                rows.Add(Measure("growth, " + kind, lines, kind, 40));
        }

        foreach (var kind in new[] { EditKind.Exact, EditKind.Indentation, EditKind.Miss })
            rows.Add(Measure("5 MB, " + kind, SampleFile.LinesOf(5_000_000), kind, 40));
        rows.Add(ThousandOperations());
        return rows;
    }

    private static SpeedRow Measure(string name, int lines, EditKind kind, int rounds)
    {
        var file = SampleFile.Make(lines);
        var random = new Random(1);
        var edits = Enumerable.Range(0, rounds).Select(_ => SampleFile.Edit(kind, random.Next(lines / 8, lines - 10))).ToList();
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.js"] = file };
        long bytes = 0;
        var times = Times(edits, edit =>
        {
            var start = GC.GetAllocatedBytesForCurrentThread();
            var result = EditApplier.Apply(files, [edit]);
            bytes = GC.GetAllocatedBytesForCurrentThread() - start;
            if (result.Status == EditStatus.Applied == kind is EditKind.Miss or EditKind.Ambiguous)
                throw new InvalidOperationException($"{kind} gave {result.Status}: {EditProblems.ForModel(result.Problems)}");
        });
        var plain = Times(edits, edit =>
        {
            var at = file.IndexOf(edit.Old, StringComparison.Ordinal);
            _ = at < 0 ? file : string.Concat(file.AsSpan(0, at), edit.New, file.AsSpan(at + edit.Old.Length));
        });
        return Print(new SpeedRow(name, lines, times[0], times[times.Count / 2], times[times.Count * 95 / 100], bytes, times[times.Count / 2] / Math.Max(0.0001, plain[plain.Count / 2])));
    }

    private static SpeedRow ThousandOperations()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.js"] = SampleFile.Make(8000) };
        var operations = Enumerable.Range(0, 1000).Select(index => SampleFile.Edit(EditKind.Exact, index * 8)).ToList<EditOperation>();
        long bytes = 0;
        var times = Times(Enumerable.Range(0, 7).ToList(), _ =>
        {
            var start = GC.GetAllocatedBytesForCurrentThread();
            if (EditApplier.Apply(files, operations).Status != EditStatus.Applied)
                throw new InvalidOperationException("The thousand operations were refused.");
            bytes = GC.GetAllocatedBytesForCurrentThread() - start;
        });
        return Print(new SpeedRow("1,000 operations", 8000, times[0], times[times.Count / 2], times[^1], bytes, 0));
    }

    private static List<double> Times<T>(List<T> inputs, Action<T> action)
    {
        // Warm code, and no rubbish of the case before.
        for (var round = 0; round < Warmup; round++)
            action(inputs[round % inputs.Count]);
        GC.Collect();
        var times = new List<double>(inputs.Count);
        foreach (var input in inputs)
        {
            var start = Stopwatch.GetTimestamp();
            action(input);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    private static SpeedRow Print(SpeedRow row)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Lines} | {row.BestMs:F3} | {row.MedianMs:F3} | {row.P95Ms:F3} | {row.MedianMs * 1e6 / row.Lines:F0} | {row.Bytes / 1024} | {row.AgainstPlainReplace:F1} |"));
        return row;
    }
}
