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
        text = Shapes().Replace(text, Mark);
        text = UserInfo().Replace(text, "://" + Mark + "@");
        return Fields().Replace(text, "$1" + Mark);
    }

    [GeneratedRegex(@"\b(?:sk-|sk_|pk-|rk-|gsk_|xai-|atr_|r8_|hf_|nvapi-|pplx-|AIza|AKIA|ASIA|ghp_|gho_|csk-|tgp_v1_|fw_|eyJ[A-Za-z0-9_-]{8,}\.)[A-Za-z0-9_\-.]{8,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shapes();

    [GeneratedRegex(@"://[^\s/@:]*:[^\s/@]+@", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(?i)((?:password|passwd|secret|token|api[_-]?key|authorization|cookie)[""']?\s*[:=]\s*[""']?(?:bearer\s+)?)[^\s""'&,;}]{3,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Fields();
}
