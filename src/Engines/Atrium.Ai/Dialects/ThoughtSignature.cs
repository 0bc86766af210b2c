namespace Atrium.Ai;

/// <summary>
/// The proof a provider puts on its thoughts, as protected data of a reasoning part. It carries the name of its dialect: a conversation may go
/// on with another provider, which would refuse a foreign signature.
/// </summary>
internal static class ThoughtSignature
{
    public const int Longest = 1024 * 1024;

    public static string Wrap(string dialect, string signature) => $"{dialect}:{signature}";

    /// <summary>The signature; null when there is none or it is another dialect's.</summary>
    public static string? Unwrap(string dialect, string? protectedData) =>
        protectedData is not null && protectedData.Length > dialect.Length && protectedData[dialect.Length] == ':'
            && protectedData.StartsWith(dialect, StringComparison.Ordinal)
            ? protectedData[(dialect.Length + 1)..]
            : null;
}
