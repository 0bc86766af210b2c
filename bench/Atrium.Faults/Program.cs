using System.Text.Json;
using Atrium.Faults;

// dotnet run --project bench/Atrium.Faults -- [--rounds 100] [--seed 1] [--server artifacts/bin/Atrium.Host/release/atrium.dll] [--json FILE]
var values = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
var rounds = int.Parse(values.GetValueOrDefault("--rounds", "100"));
var seed = int.Parse(values.GetValueOrDefault("--seed", "1"));
var server = Path.GetFullPath(values.GetValueOrDefault("--server", "artifacts/bin/Atrium.Host/release/atrium.dll"));
if (!File.Exists(server))
{
    await Console.Error.WriteLineAsync($"Not built: {server}. Build it with ./atrium run, or name it with --server.");
    return 2;
}
using var kills = new KillRounds(server, rounds, seed, Console.Error.WriteLine);
var result = await kills.RunAsync();
Console.WriteLine($"""
    kill -9 under mixed writes, SQLite
    rounds                 {result.Rounds}
    acknowledged writes    {result.AcknowledgedWrites}
    conversations          {result.Conversations}
    messages               {result.Messages}
    interrupted answers    {result.InterruptedAnswers}
    median start, s        {result.MedianStartSeconds}
    lost                   {result.Losses.Count}
    damaged files          {result.Damages.Count}
    """);
foreach (var fault in result.Losses.Concat(result.Damages))
    Console.WriteLine("  " + fault);
var json = JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
if (values.TryGetValue("--json", out var file))
    await File.WriteAllTextAsync(file, json);
else
    Console.WriteLine(json);
return result.Losses.Count + result.Damages.Count == 0 ? 0 : 1;
