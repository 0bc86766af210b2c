namespace Atrium.Laughter.Network;

/// <summary>A model file cannot be used.</summary>
/// <param name="code">Stable reason: <c>not-found</c>, <c>too-large</c>, <c>malformed</c>, <c>unsupported</c>, <c>not-yamnet</c>, <c>checksum</c>, <c>failed</c>.</param>
/// <param name="message">One sentence for a person.</param>
public sealed class ModelException(string code, string message) : Exception(message)
{
    /// <summary>Stable reason, for programs.</summary>
    public string Code { get; } = code;
}
