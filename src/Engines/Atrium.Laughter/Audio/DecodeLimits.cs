namespace Atrium.Laughter.Audio;

/// <summary>What a recording may cost.</summary>
public sealed record DecodeLimits
{
    /// <summary>Longest recording, in time of the recording; more is refused.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromHours(25);

    /// <summary>Longest silence of the decoder before it counts as hanging.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest decoding, waiting for the reader included.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Most memory of the decoder's process, in bytes.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>The program that decodes everything but plain WAV.</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";
}
