using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Atrium.Accounts.Profiles;

/// <summary>libvips is not installed.</summary>
internal sealed class PicturesOffException() : Exception("vipsthumbnail is not installed.");

/// <summary>
/// Makes a clean picture of whatever was sent: libvips, in a process of its own with bounded time and memory, decodes it and encodes it anew as WebP
/// without metadata. No byte that a person sent is ever served, so what hides in one (scripts, places, other formats) ends here.
/// </summary>
internal sealed partial class PictureEncoder : IDisposable
{
    private const long MostPixels = 50_000_000;
    private const long MostMemory = 1L << 30;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    // Decoding is the dearest thing a stranger to the machine can ask for.
    private readonly SemaphoreSlim places = new(2);

    /// <returns>WebP; null when it is no whole PNG, JPEG, GIF or WebP picture of at most 50 megapixels.</returns>
    /// <exception cref="PicturesOffException">libvips is not installed.</exception>
    public async Task<byte[]?> EncodeAsync(ReadOnlyMemory<byte> bytes, Picture picture, CancellationToken cancellation)
    {
        if (!IsPicture(bytes.Span))
            return null;
        await places.WaitAsync(cancellation);
        var folder = Directory.CreateTempSubdirectory("atrium-picture-").FullName;
        try
        {
            var sent = Path.Combine(folder, "sent");
            var made = Path.Combine(folder, "made.webp");
            await File.WriteAllBytesAsync(sent, bytes, cancellation);
            if (await RunAsync("vipsheader", [sent], cancellation) is not { } header || PixelsOf(header) is null or > MostPixels)
                return null;
            return await RunAsync("vipsthumbnail", [sent + "[fail_on=error]", "--size", $"{picture.Width}x{picture.Height}", "--smartcrop", "centre", "-o", made + "[Q=82,strip]"], cancellation) is not null && File.Exists(made)
                ? await File.ReadAllBytesAsync(made, cancellation)
                : null;
        }
        finally
        {
            places.Release();
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => places.Dispose();

    private static bool IsPicture(ReadOnlySpan<byte> bytes) => bytes is
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..]
        or [0xFF, 0xD8, 0xFF, ..]
        or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..];

    private static long? PixelsOf(string header) =>
        Size().Match(header) is { Success: true } match
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)
            : null;

    /// <returns>What it wrote; null when it failed or took too long.</returns>
    private static async Task<string?> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("prlimit") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[$"--as={MostMemory}", $"--cpu={(int)MostTime.TotalSeconds}", program, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["VIPS_CONCURRENCY"] = "1";
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(MostTime);
        using var process = Start(start);
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, timeout.Token);
            var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await errors;
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode switch
            {
                0 => output,
                // prlimit found no such program.
                127 => throw new PicturesOffException(),
                _ => null,
            };
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new PicturesOffException();
        }
    }

    [GeneratedRegex(@": (\d{1,9})x(\d{1,9}) \w+, \d", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Size();
}
