using System.Text.RegularExpressions;

namespace Atrium.Platform.Telemetry;

/// <summary>Takes secrets out of text that is about to be written somewhere: known key shapes, tokens, passwords in addresses and fields.</summary>
public static partial class Redaction
{
    public const string Mark = "[redacted]";

    public static string Clean(string text)
    {
        if (text.Length < 8)
            return text;
        try
        {
            text = Shapes().Replace(text, Mark);
            text = UserInfo().Replace(text, "://" + Mark + "@");
            return Fields().Replace(text, "$1" + Mark);
        }
        catch (RegexMatchTimeoutException)
        {
            // Made to be slow to read: nothing of it is worth writing down.
            return Mark;
        }
    }

    // Not RegexOptions.NonBacktracking: building its automata was a fifth of the server's start. Atomic groups keep these linear in practice.
    private const int Patience = 1000;

    [GeneratedRegex(@"\b(?:sk-|sk_|pk-|rk-|gsk_|xai-|atr_|r8_|hf_|nvapi-|pplx-|AIza|AKIA|ASIA|ghp_|gho_|csk-|tgp_v1_|fw_|eyJ(?>[A-Za-z0-9_-]{8,})\.)(?>[A-Za-z0-9_\-.]{8,})", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Shapes();

    [GeneratedRegex(@"://(?>[^\s/@:]*):(?>[^\s/@]+)@", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(?i)((?:password|passwd|secret|token|api[_-]?key|authorization|cookie)[""']?\s*[:=]\s*[""']?(?:bearer\s+)?)(?>[^\s""'&,;}]{3,})", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Fields();
}
