using System.Globalization;
using System.Text.Json;
using Atrium.Browser.Bench;

// dotnet run -c Release --project bench/Atrium.Browser.Bench -- [--messages 2000] [--rounds 7] [--seconds 8] [--json FILE]
const int MostMillisecondsToOpen = 1000;
const int MostMillisecondsAFrame = 50;

var values = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
var messages = int.Parse(values.GetValueOrDefault("--messages", "2000"), CultureInfo.InvariantCulture);
var rounds = int.Parse(values.GetValueOrDefault("--rounds", "7"), CultureInfo.InvariantCulture);
var seconds = int.Parse(values.GetValueOrDefault("--seconds", "8"), CultureInfo.InvariantCulture);
if (!File.Exists(Browser.Program))
{
    await Console.Error.WriteLineAsync($"Not there: {Browser.Program}. On Debian and Ubuntu: apt-get install chromium");
    return 2;
}

await using var house = await SeededHouse.StartAsync(messages);
await using var browser = await Browser.StartAsync(house);
// Once unmeasured, so that neither the server's first compilation nor the browser's own start counts.
await browser.OpenCold();
var cold = new List<double>();
var warm = new List<double>();
var clicked = new List<double>();
for (var round = 0; round < rounds; round++)
{
    cold.Add(await browser.OpenCold());
    warm.Add(await browser.OpenAgain());
    clicked.Add(await browser.OpenFromList());
}
var frames = await browser.MeasureFrames(seconds);
var result = new
{
    messages,
    open = new { cold = Times.Of(cold), warm = Times.Of(warm), fromList = Times.Of(clicked) },
    frames = new { follow = Times.Of(frames.Following), up = Times.Of(frames.Upwards), down = Times.Of(frames.Downwards) },
    scriptKilobytes = browser.ScriptKilobytes,
};
Console.WriteLine($"""
    A conversation of {messages} messages with code; milliseconds
                                           p50      p99      max
    open, new browser          {result.open.cold}
    open, browser knows it     {result.open.warm}
    open, from the list        {result.open.fromList}
    a frame while an answer streams
      at its end               {result.frames.follow}
      scrolling up             {result.frames.up}
      scrolling down           {result.frames.down}
    scripts of the first load  {result.scriptKilobytes,9:0.0} KB sent
    """);
var json = JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
if (values.TryGetValue("--json", out var file))
    await File.WriteAllTextAsync(file, json);
else
    Console.WriteLine(json);

var late = new[] { result.open.cold, result.open.warm, result.open.fromList }.Any(times => times.P50 > MostMillisecondsToOpen)
    || new[] { result.frames.follow, result.frames.up, result.frames.down }.Any(times => times.P99 > MostMillisecondsAFrame);
if (late)
    await Console.Error.WriteLineAsync($"Too slow: opening may take {MostMillisecondsToOpen} ms (median), a frame {MostMillisecondsAFrame} ms (p99).");
return late ? 1 : 0;
