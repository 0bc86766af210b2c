using System.Text.Json;
using System.Text.RegularExpressions;
using Atrium.Testing;

// dotnet run -c Release --project bench/Atrium.Start.Bench -- [--starts 11] [--idle 20] [--json FILE]; idle in seconds.
var values = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
var count = int.Parse(values.GetValueOrDefault("--starts", "11"));
var idle = TimeSpan.FromSeconds(int.Parse(values.GetValueOrDefault("--idle", "20")));

await using var server = await ServerProcess.StartAsync();
var starts = new List<double>();
for (var number = 0; number < count; number++)
{
    await server.StopAsync();
    await server.StartAsync("run");
    await server.WaitUntilReadyAsync();
    starts.Add(server.StartTime.TotalSeconds);
}
await Task.Delay(idle);
starts.Sort();
var result = new
{
    starts = count,
    medianStartSeconds = Math.Round(starts[count / 2], 3),
    slowestStartSeconds = Math.Round(starts[^1], 3),
    idleMegabytes = Megabytes("VmRSS"),
    peakMegabytes = Megabytes("VmHWM"),
};
Console.WriteLine($"""
    start of the built server on existing data, to the first 200 of /ready
    median of {count}, s        {result.medianStartSeconds}
    slowest, s             {result.slowestStartSeconds}
    idle after {idle.TotalSeconds} s, MB    {result.idleMegabytes}
    peak, MB               {result.peakMegabytes}
    """);
var json = JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
if (values.TryGetValue("--json", out var file))
    await File.WriteAllTextAsync(file, json);
else
    Console.WriteLine(json);
return 0;

int Megabytes(string field) =>
    int.Parse(Regex.Match(File.ReadAllText($"/proc/{server.ProcessId}/status"), $@"{field}:\s+(\d+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value) / 1024;
