using System.Globalization;
using System.Text.Json;
using Atrium.Edits.Bench;
using Atrium.Edits.Tests.Mutations;

// Usage: Atrium.Edits.Bench [speed|mutations|jsonl] [--out FILE]; without a name all three run.
var chosen = args.FirstOrDefault(argument => argument is "speed" or "mutations" or "jsonl");
var file = args.SkipWhile(argument => argument != "--out").ElementAtOrDefault(1) ?? Path.Combine(Corpus.Root, "bench/results/edits.json");
var results = new Dictionary<string, object>(StringComparer.Ordinal)
{
    ["processors"] = Environment.ProcessorCount,
    ["loadAverage"] = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown",
    ["runtime"] = Environment.Version.ToString(),
};

if (chosen is null or "speed")
    results["speed"] = SpeedBench.Run();
if (chosen is null or "jsonl")
    results["jsonl"] = await JsonLinesBench.Run();
if (chosen is null or "mutations" && Corpus.IsThere)
{
    var corpus = Corpus.Load();
    var field = MutationRun.Execute(FromTheField.All, corpus);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{field.Cases} cases from the field, {field.Count(true, Outcome.Corrupted) + field.Count(false, Outcome.Corrupted)} corrupted\n"));
    Console.WriteLine(field.Table());
    var run = MutationRun.Execute(MutationRun.Mutations, corpus);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{run.Cases} cases on {run.Files} files, seed {MutationRun.Seed}\n"));
    Console.WriteLine(run.Table());
    Console.WriteLine("| edits | cases | exact % | format only % | refused % | corrupted |\n|---|---:|---:|---:|---:|---:|");
    foreach (var mustApply in new[] { true, false })
    {
        double Share(Outcome outcome) => 100.0 * run.Count(mustApply, outcome) / run.Total(mustApply);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {(mustApply ? "must apply" : "must refuse")} | {run.Total(mustApply)} | {Share(Outcome.Exact):F1} | {Share(Outcome.FormatOnly):F1} | {Share(Outcome.Refused):F1} | {run.Count(mustApply, Outcome.Corrupted)} |"));
    }

    File.WriteAllText(Path.ChangeExtension(file, ".misses.tmp"), string.Join("\n\n", field.Misses.Concat(run.Misses)), new System.Text.UTF8Encoding(false));
    results["mutations"] = new { run.Files, run.Cases, MutationRun.Seed, run.ExactShare, corrupted = run.Count(true, Outcome.Corrupted) + run.Count(false, Outcome.Corrupted), table = run.Table().Split('\n'), fieldCases = field.Cases, fieldCorrupted = field.Count(true, Outcome.Corrupted) + field.Count(false, Outcome.Corrupted), fieldTable = field.Table().Split('\n') };
}
else if (chosen is null or "mutations")
    Console.Error.WriteLine(Corpus.Missing);

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
await File.WriteAllTextAsync(file, JsonSerializer.Serialize(results, BenchJson.Options) + "\n");
