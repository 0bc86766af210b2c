using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Atrium.Laughter.Audio;

/// <summary>Reads WAV files with plain samples (8 to 32-bit integers, 32 and 64-bit floats) without any outside program.</summary>
internal sealed class WavFile
{
    private const int PieceFrames = 16_384;
    private const int MostHeaderChunks = 64;
    private const int Integers = 1;
    private const int Floats = 3;
    private const int Extensible = 0xFFFE;

    private readonly string _path;
    private readonly int _encoding;
    private readonly int _channels;
    private readonly int _rate;
    private readonly int _bytesOfSample;
    private readonly long _start;
    private readonly long _length;

    private WavFile(string path, int encoding, int channels, int rate, int bits, long start, long length)
    {
        _path = path;
        _encoding = encoding;
        _channels = channels;
        _rate = rate;
        _bytesOfSample = bits / 8;
        _start = start;
        _length = length;
    }

    /// <summary>Opens the file if it is a WAV that this reader understands; others are for ffmpeg.</summary>
    public static WavFile? TryOpen(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> head = stackalloc byte[12];
        if (!TryFill(file, head) || !head.StartsWith("RIFF"u8) || !head[8..].StartsWith("WAVE"u8))
            return null;

        Span<byte> format = stackalloc byte[40];
        var hasFormat = false;
        for (var chunks = 0; chunks < MostHeaderChunks && TryFill(file, head[..8]); chunks++)
        {
            var name = Encoding.ASCII.GetString(head[..4]);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..8]);
            if (name == "data")
                return hasFormat ? Create(path, format, file.Position, length, file.Length) : null;
            var next = file.Position + length + (length & 1);
            if (name == "fmt " && length >= 16)
            {
                format.Clear();
                hasFormat = TryFill(file, format[..(int)Math.Min(length, format.Length)]);
            }

            if (next > file.Length)
                return null;
            file.Position = next;
        }

        return null;
    }

    /// <summary>Reads the samples as 16 kHz mono.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<float>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var frameBytes = _channels * _bytesOfSample;
        var bytes = new byte[PieceFrames * frameBytes];
        var mono = new float[PieceFrames];
        var resampler = new Resampler(_rate, AudioDecoder.SampleRate);
        await using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
        file.Position = _start;
        for (var left = _length; left >= frameBytes;)
        {
            var read = await file.ReadAtLeastAsync(
                bytes.AsMemory(0, (int)Math.Min(bytes.Length, left)), frameBytes, throwOnEndOfStream: false, cancellation);
            var frames = read / frameBytes;
            if (frames == 0)
                break;
            // A read may end inside a frame; what is over is read again.
            file.Position -= read - (frames * frameBytes);
            left -= frames * frameBytes;
            Mix(bytes, mono.AsSpan(0, frames));
            yield return resampler.Push(mono.AsSpan(0, frames));
        }

        yield return resampler.Complete();
    }

    private static WavFile? Create(string path, ReadOnlySpan<byte> format, long start, long claimed, long fileLength)
    {
        int encoding = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (encoding == Extensible)
            encoding = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        var known = (encoding == Integers && bits is 8 or 16 or 24 or 32) || (encoding == Floats && bits is 32 or 64);
        if (!known || channels is 0 or > 32 || rate is < 4_000 or > 192_000 || !Resampler.Supports((int)rate, AudioDecoder.SampleRate))
            return null;
        // A recorder that died leaves 0 or the largest number where the length belongs: then the file's end counts.
        var there = fileLength - start;
        var length = claimed is 0 or uint.MaxValue or 0x7FFFFFFF ? there : Math.Min(claimed, there);
        return new WavFile(path, encoding, channels, (int)rate, bits, start, length);
    }

    private void Mix(ReadOnlySpan<byte> bytes, Span<float> mono)
    {
        var scale = 1f / _channels;
        for (var frame = 0; frame < mono.Length; frame++)
        {
            var sum = 0f;
            for (var channel = 0; channel < _channels; channel++)
                sum += Sample(bytes[(((frame * _channels) + channel) * _bytesOfSample)..]);
            mono[frame] = sum * scale;
        }
    }

    private float Sample(ReadOnlySpan<byte> bytes) => (_encoding, _bytesOfSample) switch
    {
        (Floats, 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (Floats, _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (_, 1) => (bytes[0] - 128) / 128f,
        (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f,
        (_, 3) => ((bytes[0] << 8) | (bytes[1] << 16) | (bytes[2] << 24)) / 2147483648f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648f,
    };

    private static bool TryFill(FileStream file, Span<byte> target) =>
        file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
}
