using System.Text.Json;
using Spectre.Console;

namespace Atrium.Laughter.Bench;

/// <summary>Rows of a benchmark: printed as a table, and written as JSON to bench/results.</summary>
internal sealed class BenchReport(string name)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private readonly List<BenchRow> _rows = [];

    public void Add(string what, double value, string unit, string goal = "") => _rows.Add(new BenchRow(what, Math.Round(value, 4), unit, goal));

    public void Finish()
    {
        var table = new Table().AddColumns("Measure", "Value", "Unit", "Goal");
        foreach (var row in _rows)
            table.AddRow(Markup.Escape(row.What), $"{row.Value}", row.Unit, row.Goal);
        AnsiConsole.Write(table);
        var now = TimeProvider.System.GetUtcNow();
        var folder = Path.Combine(Root(), "bench", "results");
        Directory.CreateDirectory(folder);
        var text = JsonSerializer.Serialize(
            new { Name = name, At = now, Processors = Environment.ProcessorCount, Load = Load(), Rows = _rows },
            Options);
        File.WriteAllText(Path.Combine(folder, $"laughter-{name}.json"), text + "\n");
    }

    /// <summary>The folder of the solution.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Atrium.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? Directory.GetCurrentDirectory();
    }

    /// <summary>Processes that wanted to run in the last minute: above the number of processors the figures are of a busy machine.</summary>
    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private sealed record BenchRow(string What, double Value, string Unit, string Goal);
}
