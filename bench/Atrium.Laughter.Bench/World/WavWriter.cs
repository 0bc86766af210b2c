using System.Text;

namespace Atrium.Laughter.World;

/// <summary>Writes 16-bit WAV files.</summary>
internal static class WavWriter
{
    public static void Write(string path, ReadOnlySpan<float> samples, int rate = Sound.Rate, int channels = 1)
    {
        using var writer = new BinaryWriter(File.Create(path), Encoding.ASCII);
        WriteHeader(writer, samples.Length * 2, rate, channels);
        foreach (var sample in samples)
            writer.Write((short)Math.Clamp((int)Math.Round(sample * 32767), short.MinValue, short.MaxValue));
    }

    public static void WriteHeader(BinaryWriter writer, int bytes, int rate, int channels)
    {
        writer.Write("RIFF"u8);
        writer.Write(36 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * 2);
        writer.Write((short)(channels * 2));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(bytes);
    }
}
