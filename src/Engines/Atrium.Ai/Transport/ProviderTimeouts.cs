namespace Atrium.Ai;

/// <summary>How long a call may take and how often it is tried. Connecting is limited by the HTTP client that is passed in.</summary>
public sealed record ProviderTimeouts
{
    /// <summary>From sending the request to the first byte of the body; a row may ask for more.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest silence inside a body.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The whole call, waiting between attempts included.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Attempts after the first; only before the first byte, never for exhausted quota.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>A provider that asks to wait longer than this is not tried again.</summary>
    public TimeSpan LongestRetryWait { get; init; } = TimeSpan.FromSeconds(60);
}
