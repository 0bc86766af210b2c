using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Atrium.Laughter.Audio;

/// <summary>Runs ffmpeg as a child process and reads its samples through a pipe.</summary>
internal static class FfmpegDecoder
{
    private const int PieceSamples = 16_384;
    private const int PiecesAhead = 48;
    private const int PiecesBetweenMemoryChecks = 64;
    private const int MostErrorText = 2_000;

    // Recordings only: playlists and scripts could name other files or hosts.
    private const string Containers =
        "aac,ac3,aiff,amr,ape,asf,au,caf,eac3,flac,flv,matroska,mov,mp3,mpeg,mpegts,ogg,oma,rm,tta,w64,wav,wv,avi,dsf,spx";

    public static async IAsyncEnumerable<ReadOnlyMemory<float>> ReadAsync(
        string path, DecodeLimits limits, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var process = Start(path, limits);
        var errors = ReadErrorsAsync(process, ended.Token);
        var pieces = Channel.CreateBounded<Piece>(PiecesAhead);
        var reading = PumpAsync(process, pieces.Writer, limits, clock, ended.Token);
        var samples = new float[PieceSamples];
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancellation))
            {
                piece.Bytes.AsSpan(0, piece.Length).CopyTo(MemoryMarshal.AsBytes(samples.AsSpan()));
                ArrayPool<byte>.Shared.Return(piece.Bytes);
                yield return samples.AsMemory(0, piece.Length / sizeof(float));
            }

            await reading;
            await WaitForExitAsync(process, limits, clock, cancellation);
            if (process.ExitCode != 0)
                throw Failure(await errors);
        }
        finally
        {
            await ended.CancelAsync();
            Kill(process);
        }
    }

    /// <summary>Runs ffmpeg to its end for its effect, under the same limits of time.</summary>
    public static async Task RunAsync(DecodeLimits limits, TimeProvider clock, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limits.Total, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        using var process = Start(limits, arguments);
        try
        {
            var errors = ReadErrorsAsync(process, ended.Token);
            await process.WaitForExitAsync(ended.Token);
            if (process.ExitCode != 0)
                throw Failure(await errors);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AudioException("timeout", "The audio program took too long.");
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>The arguments that name an input file, without letting the file name others.</summary>
    public static IEnumerable<string> Source(string path, string seek) =>
        ["-ss", seek, .. Input(path)];

    /// <summary>The input file alone, as ffprobe also understands it.</summary>
    public static IEnumerable<string> Input(string path) =>
        ["-protocol_whitelist", "file", "-format_whitelist", Containers, "-i", "file:" + Path.GetFullPath(path)];

    private static Process Start(string path, DecodeLimits limits) => Start(
        limits,
        [
            "-max_alloc", $"{limits.MemoryBytes / 2}", "-threads", "1",
            .. Source(path, "0"),
            "-map", "0:a:0", "-ac", "1", "-ar", $"{AudioDecoder.SampleRate}", "-f", "f32le", "pipe:1",
        ]);

    private static Process Start(DecodeLimits limits, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(limits.Ffmpeg)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["-nostdin", "-hide_banner", "-loglevel", "error", .. arguments])
            start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new AudioException("decoder-missing", "This recording needs ffmpeg, which is not installed.");
        }
    }

    private static async Task PumpAsync(
        Process process, ChannelWriter<Piece> pieces, DecodeLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        Exception? failure = null;
        try
        {
            using var late = new CancellationTokenSource(limits.Total, clock);
            for (var count = 0; ; count++)
            {
                var piece = await ReadPieceAsync(process.StandardOutput.BaseStream, limits, clock, late.Token, cancellation);
                if (piece.Length == 0)
                    break;
                if (count % PiecesBetweenMemoryChecks == 0)
                    CheckMemory(process, limits);
                await pieces.WriteAsync(piece, cancellation);
            }
        }
        catch (Exception error)
        {
            failure = error;
        }

        pieces.TryComplete(failure);
    }

    private static async Task<Piece> ReadPieceAsync(
        Stream output, DecodeLimits limits, TimeProvider clock, CancellationToken late, CancellationToken cancellation)
    {
        using var stalled = new CancellationTokenSource(limits.Stall, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, late, cancellation);
        const int size = PieceSamples * sizeof(float);
        var bytes = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var read = await output.ReadAtLeastAsync(bytes.AsMemory(0, size), size, throwOnEndOfStream: false, any.Token);
            return new Piece(bytes, read);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw late.IsCancellationRequested
                ? new AudioException("timeout", "Decoding took longer than it may.")
                : new AudioException("stalled", "The audio program stopped answering.");
        }
    }

    private static async Task WaitForExitAsync(Process process, DecodeLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        using var stalled = new CancellationTokenSource(limits.Stall, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellation);
        try
        {
            await process.WaitForExitAsync(any.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AudioException("stalled", "The audio program does not end.");
        }
    }

    private static void CheckMemory(Process process, DecodeLimits limits)
    {
        if (process.HasExited)
            return;
        process.Refresh();
        if (process.WorkingSet64 > limits.MemoryBytes)
            throw new AudioException("memory", "Decoding this recording needs more memory than it may.");
    }

    private static async Task<string> ReadErrorsAsync(Process process, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[1_024];
        try
        {
            while (await process.StandardError.ReadAsync(buffer, cancellation) is var read and > 0)
            {
                if (text.Length < MostErrorText)
                    text.Append(buffer, 0, read);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever stopped the reading no longer asks why the program failed.
        }

        return text.ToString();
    }

    private static AudioException Failure(string errors)
    {
        if (errors.Contains("matches no streams", StringComparison.Ordinal))
            return new AudioException("no-audio", "The file holds no audio.");
        if (errors.Contains("Invalid data found", StringComparison.Ordinal) || errors.Contains("not on whitelist", StringComparison.Ordinal)
            || errors.Contains("could not find codec", StringComparison.Ordinal) || errors.Contains("moov atom not found", StringComparison.Ordinal))
        {
            return new AudioException("unreadable", "The file is damaged or is no audio that can be read.");
        }

        return new AudioException("decoder-failed", "The audio program failed on this file.");
    }

    /// <summary>Ends a program, if it has not ended by itself.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has already ended.
        }
    }

    private sealed record Piece(byte[] Bytes, int Length);
}
