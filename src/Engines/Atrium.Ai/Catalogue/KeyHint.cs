using System.Text.RegularExpressions;

namespace Atrium.Ai;

/// <summary>Guesses from its looks which provider made a key.</summary>
internal static class KeyHint
{
    private const int WholePattern = 1_000;
    private const int LongestKey = 1_000;

    /// <summary>0 when nothing fits; more for a longer prefix; most for a whole pattern behind a known prefix.</summary>
    public static int Score(Provider provider, string key)
    {
        if (key.Length > LongestKey)
            return 0;
        var prefix = provider.KeyPrefixes
            .Where(head => key.StartsWith(head, StringComparison.Ordinal))
            .Select(head => head.Length).DefaultIfEmpty(0).Max();
        // A pattern without a prefix ("40 letters") fits too many keys to be a hint.
        if (prefix == 0 || provider.KeyPattern is not { } pattern)
            return prefix;
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        return Regex.IsMatch(key, pattern, options, TimeSpan.FromSeconds(1)) ? prefix + WholePattern : prefix;
    }
}
