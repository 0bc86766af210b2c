using System.Diagnostics;
using System.Globalization;

namespace Atrium.Laughter.Audio;

/// <summary>Asks ffprobe how long a recording claims to be: good enough for a progress bar, never for a decision.</summary>
public static class AudioLength
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The claimed length, or null when it is unknown or ffprobe is missing.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="clock">The clock of the time limit; null for the system's.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async Task<TimeSpan?> AskAsync(string path, TimeProvider? clock = null, CancellationToken cancellation = default)
    {
        var start = new ProcessStartInfo("ffprobe") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-v", "quiet", .. FfmpegDecoder.Input(path), "-show_entries", "format=duration", "-of", "csv=p=0"])
            start.ArgumentList.Add(argument);
        using var late = new CancellationTokenSource(Patience, clock ?? TimeProvider.System);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var answer = await process.StandardOutput.ReadToEndAsync(ended.Token);
                return double.TryParse(answer.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e7
                    ? TimeSpan.FromSeconds(seconds)
                    : null;
            }
            finally
            {
                FfmpegDecoder.Kill(process);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
