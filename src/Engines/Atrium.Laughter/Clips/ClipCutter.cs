using System.Globalization;
using Atrium.Laughter.Audio;

namespace Atrium.Laughter.Clips;

/// <summary>Cuts clips out of recordings with ffmpeg.</summary>
public static class ClipCutter
{
    // Seeking in a compressed file lands before the asked time; the rest is decoded and dropped, which is exact.
    private const double Runway = 10;

    /// <summary>Cuts a stretch out of a recording, exact to the sample of the decoded sound.</summary>
    /// <param name="source">The recording.</param>
    /// <param name="target">The clip: <c>.ogg</c> (Opus), <c>.m4a</c> (AAC) or <c>.wav</c>. It is replaced if it is there.</param>
    /// <param name="start">Where the clip starts, in seconds of the recording; below 0 counts as 0.</param>
    /// <param name="end">Where it ends, in seconds; it is shorter when the recording ends before.</param>
    /// <param name="limits">What it may cost; null for the defaults.</param>
    /// <param name="clock">The clock of the time limits; null for the system's.</param>
    /// <param name="cancellation">Ends the cutting, and the program with it.</param>
    /// <exception cref="AudioException">The recording cannot be decoded or goes over a limit.</exception>
    public static async Task CutAsync(
        string source, string target, double start, double end, DecodeLimits? limits = null, TimeProvider? clock = null,
        CancellationToken cancellation = default)
    {
        start = Math.Max(0, start);
        if (!(end - start is > 0 and <= 3_600))
            throw new ArgumentOutOfRangeException(nameof(end), "A clip is longer than nothing and no longer than an hour.");
        if (!File.Exists(source))
            throw new AudioException("not-found", "The recording does not exist.");
        string[] codec = Path.GetExtension(target).ToUpperInvariant() switch
        {
            ".OGG" => ["-c:a", "libopus", "-b:a", "48k"],
            ".M4A" => ["-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"],
            ".WAV" => ["-c:a", "pcm_s16le"],
            _ => throw new ArgumentException("A clip is .ogg, .m4a or .wav.", nameof(target)),
        };
        var seek = Math.Max(0, start - Runway);
        await FfmpegDecoder.RunAsync(
            limits ?? new DecodeLimits(),
            clock ?? TimeProvider.System,
            [
                "-threads", "1", .. FfmpegDecoder.Source(source, Text(seek)),
                "-ss", Text(start - seek), "-t", Text(end - start), "-map", "0:a:0", "-map_metadata", "-1", .. codec,
                "-y", "file:" + Path.GetFullPath(target),
            ],
            cancellation);
    }

    private static string Text(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}
