using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Atrium.Accounts.People;

/// <summary>The rule of names and the form in which they are compared: NFKC (Unicode UAX #15), case folded.</summary>
internal static partial class Username
{
    /// <summary>Longest name a request may carry at all, in UTF-16 units; the rule itself is stricter.</summary>
    public const int LongestInput = 64;

    public const string Rule = "A name has 3 to 50 letters, digits, _ or -.";

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "diszi", "zily", "admin", "administrator", "root", "system", "atrium", "offline", "offline-lite", "assistant", "moderator",
        "owner", "support", "security", "official", "staff", "team", "everyone", "here", "all", "channel", "anonymous", "guest",
        "user", "deleted", "unknown", "nobody", "null", "undefined", "api", "setup", "settings", "me", "you", "bot", "general",
    };

    private static readonly HashSet<string> ReservedLooks = [.. Reserved.Select(Skeleton.Of)];

    /// <summary>The name as it is stored and shown.</summary>
    /// <returns>False when it breaks <see cref="Rule"/>.</returns>
    public static bool TryNormalize(string typed, [NotNullWhen(true)] out string? username)
    {
        username = null;
        if (typed.Length > LongestInput)
            return false;
        var normal = typed.Normalize(NormalizationForm.FormKC);
        if (!Shape().IsMatch(normal))
            return false;
        username = normal;
        return true;
    }

    /// <returns>False when the text cannot be anybody's name.</returns>
    public static bool TryKeyOf(string typed, [NotNullWhen(true)] out string? key)
    {
        key = TryNormalize(typed, out var username) ? Fold(username) : null;
        return key is not null;
    }

    /// <summary>Upper, then lower case: letters with two lower-case forms (σ ς, ſ s) become one.</summary>
    public static string Fold(string username) => username.ToUpperInvariant().ToLowerInvariant().Normalize(NormalizationForm.FormKC);

    /// <summary>True for names of the house and its personas, and for whatever looks like one.</summary>
    public static bool IsReserved(string key) => ReservedLooks.Contains(Skeleton.Of(key));

    [GeneratedRegex(@"\A[\p{L}\p{Nd}_-]{3,50}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
