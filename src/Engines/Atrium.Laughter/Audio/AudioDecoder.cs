using System.Runtime.CompilerServices;

namespace Atrium.Laughter.Audio;

/// <summary>Decodes a recording of any kind to 16 kHz mono samples, as a stream.</summary>
public static class AudioDecoder
{
    /// <summary>Samples per second that come out.</summary>
    public const int SampleRate = 16_000;

    /// <summary>
    /// Decodes a file piece by piece: WAV with plain samples directly, everything else through ffmpeg. The decoder runs
    /// at most a few seconds ahead of the reader. A piece is valid until the next one is asked for.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may cost; null for the defaults.</param>
    /// <param name="clock">The clock of the time limits; null for the system's.</param>
    /// <param name="cancellation">Ends the decoding, and the decoder's process with it.</param>
    /// <exception cref="AudioException">The recording cannot be decoded or goes over a limit.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<float>> DecodeAsync(
        string path, DecodeLimits? limits = null, TimeProvider? clock = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        limits ??= new DecodeLimits();
        if (!File.Exists(path))
            throw new AudioException("not-found", "The recording does not exist.");

        var most = (long)(limits.Length.TotalSeconds * SampleRate);
        var pieces = WavFile.TryOpen(path) is { } wav
            ? wav.ReadAsync(cancellation)
            : FfmpegDecoder.ReadAsync(path, limits, clock ?? TimeProvider.System, cancellation);
        await foreach (var piece in pieces.WithCancellation(cancellation))
        {
            most -= piece.Length;
            if (most < 0)
                throw new AudioException("too-long", $"The recording is longer than {limits.Length.TotalHours:0.#} hours.");
            yield return piece;
        }
    }
}
