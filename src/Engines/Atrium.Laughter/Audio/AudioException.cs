namespace Atrium.Laughter.Audio;

/// <summary>A recording cannot be decoded.</summary>
/// <param name="code">
/// Stable reason: <c>not-found</c>, <c>no-audio</c>, <c>unreadable</c>, <c>too-long</c>, <c>stalled</c>, <c>timeout</c>,
/// <c>memory</c>, <c>decoder-missing</c>, <c>decoder-failed</c>.
/// </param>
/// <param name="message">One sentence for a person, without paths.</param>
public sealed class AudioException(string code, string message) : Exception(message)
{
    /// <summary>Stable reason, for programs.</summary>
    public string Code { get; } = code;
}
