using System.Globalization;
using System.Text.Json;
using Atrium.Ai.Bench;

// Bytes and time per streamed chunk, for answers of growing length: what grows with the length is a leak.
int[] lengths = [100, 1_000, 10_000, 100_000];
const int Rounds = 7;

var rows = new List<StreamMeasure>();
foreach (var dialect in Streams.Dialects)
    foreach (var chunks in lengths)
        rows.Add(await StreamMeasure.TakeAsync(dialect, chunks, Rounds));

Console.WriteLine($"{"dialect",-24} {"chunks",8} {"bytes/chunk",12} {"ns/chunk",10} {"spread",8} {"held KB",9} {"ns/chunk, bare parse",22} {"ratio",6}");
foreach (var row in rows)
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{row.Dialect,-24} {row.Chunks,8} {row.BytesPerChunk,12:F0} {row.NanosecondsPerChunk,10:F0} {row.Spread,7:P0} {row.HeldKilobytes,9:F0} {row.BareNanosecondsPerChunk,22:F0} {row.Ratio,6:F2}"));

var grew = rows.GroupBy(row => row.Dialect).Select(group => (Dialect: group.Key, Growth: group.Last().BytesPerChunk / group.ElementAt(1).BytesPerChunk)).ToList();
foreach (var (dialect, growth) in grew)
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{dialect}: allocation per chunk at {lengths[^1]} chunks is {growth:F2} of that at {lengths[1]}"));

if (args is [var path])
    await File.WriteAllTextAsync(path, JsonSerializer.Serialize(rows, StreamMeasure.Json));
return grew.TrueForAll(item => item.Growth < 1.1) ? 0 : 1;
