using System.Text.Json;
using Atrium.Rights.Bench;

// dotnet run -c Release --project bench/Atrium.Rights.Bench -- [NAME …] [--OPTION VALUE …] [--json FILE]
//   endings  --rounds 20                 from a sign-in's end to the end of what it has open, on one server and, with PostgreSQL, on two
//   storm    --people 100                sign-ins at once, and what others wait meanwhile
//   fuzz     --requests 50000 --seed 1   hostile requests to every operation of the API
// Two servers need PostgreSQL: tests/with-postgres dotnet run …
string[] names = ["endings", "storm", "fuzz"];
var chosen = args.TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
var values = args.Skip(chosen.Count).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
if (chosen.Find(name => !names.Contains(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no part {unknown}. Parts: {string.Join(", ", names)}.");
    return 2;
}
var results = new Dictionary<string, object>();
foreach (var name in chosen.Count > 0 ? chosen : [.. names])
    results[name] = await RunAsync(name);
var json = JsonSerializer.Serialize(results, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });
if (values.TryGetValue("--json", out var file))
    await File.WriteAllTextAsync(file, json + "\n");
else
    Console.WriteLine(json);
return 0;

Task<object> RunAsync(string name) => name switch
{
    "endings" => EndingsBench.RunAsync(Number("--rounds", 20)),
    "storm" => StormBench.RunAsync(Number("--people", 100)),
    _ => FuzzBench.RunAsync(Number("--requests", 50_000), Number("--seed", 1)),
};

int Number(string option, int otherwise) => values.TryGetValue(option, out var text) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
