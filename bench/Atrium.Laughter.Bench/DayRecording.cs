using System.Globalization;
using System.Text;
using Atrium.Laughter.Audio;
using Atrium.Laughter.Reference;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Bench;

/// <summary>
/// <c>recording FOLDER HOURS</c>: up to four different half hours of the test world at 20 dB, repeated; as Ogg Opus with its
/// labels, and a network of YAMNet's shape. Prints the number of laughs.
/// </summary>
internal static class DayRecording
{
    public const string FileName = "day.ogg";
    public const string LabelsName = "day.txt";
    public const string ModelName = "random.onnx";
    private const int HalfHour = 1_800;
    private const int MostHalves = 4;
    private const int FirstSeed = 777;

    public static async Task<int> WriteAsync(string folder, int hours)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, ModelName), new RandomYamnet(7).Write());
        var halves = Math.Min(MostHalves, 2 * hours);
        var labels = new List<Placed>();
        var inputs = new List<string>();
        for (var half = 0; half < halves; half++)
        {
            var session = new SessionMaker(test: true).Make(FirstSeed + half, HalfHour, 20)[0];
            var wav = Path.Combine(folder, $"half-{half}.wav");
            WavWriter.Write(wav, session.Samples);
            inputs.AddRange(["-i", wav]);
            labels.AddRange(session.Sounds.Where(sound => sound.IsLaugh).Select(sound => sound with { Start = sound.Start + (half * HalfHour), End = sound.End + (half * HalfHour) }));
        }

        var part = Path.Combine(folder, "part.ogg");
        await FfmpegAsync([.. inputs, "-filter_complex", $"concat=n={halves}:v=0:a=1", "-c:a", "libopus", "-b:a", "24k", "-y", part]);
        // A loop count beyond the hours is cut to length.
        await FfmpegAsync("-stream_loop", $"{(2 * hours / halves) + 1}", "-i", part, "-t", $"{hours * 3_600}", "-c", "copy", "-y", Path.Combine(folder, FileName));
        var all = Enumerable.Range(0, (2 * hours / halves) + 1)
            .SelectMany(round => labels.Select(label => (Start: label.Start + (round * halves * HalfHour), End: label.End + (round * halves * HalfHour))))
            .Where(label => label.End <= hours * 3_600)
            .ToList();
        var text = new StringBuilder();
        foreach (var (start, end) in all)
            text.Append(CultureInfo.InvariantCulture, $"{start:F3}\t{end:F3}\tlaughter\n");
        await File.WriteAllTextAsync(Path.Combine(folder, LabelsName), text.ToString());
        Console.WriteLine(all.Count);
        return 0;
    }

    private static Task FfmpegAsync(params string[] arguments) =>
        FfmpegDecoder.RunAsync(new DecodeLimits(), TimeProvider.System, arguments, CancellationToken.None);
}
