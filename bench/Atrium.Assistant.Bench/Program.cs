using System.Text.Json;
using Atrium.Assistant.Bench;
using Atrium.Testing;

// dotnet run -c Release --project bench/Atrium.Assistant.Bench -- [--streams 200] [--tokens 500] [--speed 50] [--json FILE]
var values = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
var streams = int.Parse(values.GetValueOrDefault("--streams", "200"));
var tokens = int.Parse(values.GetValueOrDefault("--tokens", "500"));
var speed = double.Parse(values.GetValueOrDefault("--speed", "50"), System.Globalization.CultureInfo.InvariantCulture);
await using var provider = await StampingProvider.StartAsync(TestHouse.FreePort(), tokens, speed);
await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = provider.Address.Authority, ["LOG_LEVEL"] = "error" });
using var client = await StreamLoad.SignInAsync(server.Address, server.SetupToken, provider.Address);
// Once alone, so that compiling is not measured.
await new StreamLoad(client, [], []).RunAsync();
var (alone, aloneFirst) = (new List<double>(), new List<double>());
await new StreamLoad(client, alone, aloneFirst).RunAsync();
var (delays, firsts) = (new List<double>(), new List<double>());
await Task.WhenAll(Enumerable.Range(0, streams).Select(async index =>
{
    await Task.Delay(index * 10);
    await new StreamLoad(client, delays, firsts).RunAsync();
}));
var result = new
{
    streams,
    tokens,
    speed,
    tokenDelay = Percentiles.Of(delays),
    firstTokenOverhead = Percentiles.Of(firsts),
    aloneTokenDelay = Percentiles.Of(alone),
    aloneFirstTokenOverhead = Percentiles.Of(aloneFirst),
};
Console.WriteLine($"""
    {streams} streams of {speed} tokens/s, {tokens} tokens each; milliseconds
                           p50      p95      p99      max
    token delay       {result.tokenDelay}
    first token       {result.firstTokenOverhead}
    one stream alone  {result.aloneTokenDelay}
    """);
var json = JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
if (values.TryGetValue("--json", out var file))
    await File.WriteAllTextAsync(file, json);
else
    Console.WriteLine(json);
return 0;
