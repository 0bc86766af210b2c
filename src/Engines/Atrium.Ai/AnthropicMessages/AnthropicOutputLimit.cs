using System.Globalization;
using System.Text.RegularExpressions;

namespace Atrium.Ai.AnthropicMessages;

/// <summary>The limit of the answer, which this format wants in every request. A model that takes less names its own limit when it refuses.</summary>
internal sealed partial class AnthropicOutputLimit(ProviderCall call)
{
    /// <summary>What nobody asked for: enough for a long answer, and within what the present models take.</summary>
    private const int Default = 16_384;

    public int Tokens { get; private set; } = Math.Min(call.Options.MaxOutputTokens ?? Default, call.Provider.Deviations.MaxOutputTokens ?? int.MaxValue);

    /// <summary>The name of the limit when the refusal was about it and it is lower now, else null.</summary>
    public string? Lower(ProviderException refusal)
    {
        var match = TooMany().Match(refusal.ProviderMessage ?? "");
        if (!match.Success || !int.TryParse(match.Groups["most"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most is 0 || most >= Tokens)
            return null;
        Tokens = most;
        return "max_tokens";
    }

    [GeneratedRegex("max_tokens: [0-9]+ > (?<most>[0-9]{1,9})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TooMany();
}
