using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Atrium.Edits.Bench;

/// <summary>Streams 100,000 lines through the JSON Lines applier and looks at the heap on the way.</summary>
internal static class JsonLinesBench
{
    private const int Lines = 100_000;

    public static async Task<object> Run()
    {
        using var input = new EndlessLines(Lines);
        using var output = new DiscardingWriter();
        var start = Stopwatch.GetTimestamp();
        var count = await JsonLinesApplier.RunAsync(input, output);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine("\n| JSON Lines | lines | seconds | lines a second | heap at 10 % MiB | heap at the end MiB |\n|---|---:|---:|---:|---:|---:|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| 200-line file each | {count} | {seconds:F1} | {count / seconds:F0} | {input.EarlyHeap / 1048576.0:F1} | {input.LateHeap / 1048576.0:F1} |"));
        return new { lines = count, seconds, earlyHeapBytes = input.EarlyHeap, lateHeapBytes = input.LateHeap };
    }

    private sealed class EndlessLines : TextReader
    {
        private readonly int count;
        private readonly string line;
        private int given;

        public EndlessLines(int count)
        {
            this.count = count;
            line = JsonSerializer.Serialize(new { id = "x", files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.js"] = SampleFile.Make(200) }, format = "str-replace", edit = new { old_str = SampleFile.Edit(EditKind.Exact, 99).Old, new_str = "y" } });
        }

        public long EarlyHeap { get; private set; }

        public long LateHeap { get; private set; }

        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            if (given == count / 10)
                EarlyHeap = GC.GetTotalMemory(forceFullCollection: true);
            if (given == count)
                LateHeap = GC.GetTotalMemory(forceFullCollection: true);
            return ValueTask.FromResult(given++ < count ? new string(line) : null);
        }
    }

    private sealed class DiscardingWriter : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value)
        {
        }

        public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
