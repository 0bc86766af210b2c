using System.Text;

namespace Atrium.Ai;

/// <summary>Takes the secrets of a connection out of texts that others wrote, and makes these texts safe to show.</summary>
internal sealed class SecretScrubber(IReadOnlyList<string> secrets)
{
    private const int Longest = 500;
    private const string Mark = "•••";

    private volatile IReadOnlyList<string> _secrets = secrets;

    /// <summary>Takes out one more.</summary>
    public void Add(string secret)
    {
        if (!_secrets.Contains(secret, StringComparer.Ordinal))
            _secrets = [secret, .. _secrets];
    }

    /// <summary>At most 500 characters, one line, no control characters, no secret; null for nothing.</summary>
    public string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        // Secrets go first, on the whole text: a cut through the middle of one would hide it from the search.
        foreach (var secret in _secrets)
            foreach (var form in Forms(secret))
                text = text.Replace(form, Mark, StringComparison.OrdinalIgnoreCase);
        var line = OneLine(text);
        if (line.Length <= Longest)
            return line.Length == 0 ? null : line;
        var end = char.IsHighSurrogate(line[Longest - 2]) ? Longest - 2 : Longest - 1;
        return line[..end] + "…";
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, Longest * 2));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length > Longest)
                break;
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
                line.Append(rune.ToString());
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().Trim();
    }
}
