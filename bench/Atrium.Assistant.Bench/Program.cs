using System.Text.Json;
using Atrium.Assistant.Bench;

// dotnet run -c Release --project bench/Atrium.Assistant.Bench -- [NAME …] [--OPTION VALUE …] [--json FILE]
//   streams  --streams 200 --tokens 1000 --speed 50 --every 50     token delays over HTTP
//   imports  --megabytes 500                           memory and time of a large ChatGPT export
//   lists                                              5,000 conversations, 5,000 messages, a search of 100,000
//   people   --people 100 --seconds 60                 a mixed load
//   endings  --streams 100                             stop, SIGTERM, kill -9
// Without a name, all of them.
string[] names = ["streams", "imports", "lists", "people", "endings"];
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
    "streams" => StreamsBench.RunAsync(Number("--streams", 200), Number("--tokens", 1000), Number("--speed", 50), TimeSpan.FromMilliseconds(Number("--every", 50))),
    "imports" => ImportBench.RunAsync(Number("--megabytes", 500)),
    "lists" => ListBench.RunAsync(),
    "people" => PeopleBench.RunAsync(Number("--people", 100), TimeSpan.FromSeconds(Number("--seconds", 60))),
    _ => EndingsBench.RunAsync(Number("--streams", 100)),
};

int Number(string option, int otherwise) => values.TryGetValue(option, out var text) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
