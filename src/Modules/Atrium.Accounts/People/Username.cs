using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Atrium.Accounts.People;

/// <summary>The rule of names and the form in which they are compared: NFKC (Unicode UAX #15), case folded.</summary>
internal static partial class Username
{
    /// <summary>Longest name a request may carry at all, in UTF-16 units; the rule itself is stricter.</summary>
    public const int LongestInput = 64;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "diszi", "zily", "admin", "administrator", "root", "system", "atrium", "offline", "offline-lite", "assistant", "moderator",
        "owner", "support", "security", "official", "staff", "team", "everyone", "here", "all", "channel", "anonymous", "guest",
        "user", "deleted", "unknown", "nobody", "null", "undefined", "api", "setup", "settings", "me", "you", "bot", "general",
    };

    private const string WrongLetters = "A name has only letters, digits, _, - and full stops.";

    private const int Shortest = 3;
    private const int Longest = 64;

    private static readonly string TooLong = $"A name has at most {Longest} characters.";

    private static readonly HashSet<string> ReservedLooks = [.. Reserved.Select(LookOf)];

    /// <summary>The name as it is stored and shown.</summary>
    /// <returns>False when <see cref="Refusal"/> says why not.</returns>
    public static bool TryNormalize(string typed, [NotNullWhen(true)] out string? username)
    {
        username = Refusal(typed) is null ? typed.Normalize(NormalizationForm.FormKC) : null;
        return username is not null;
    }

    /// <returns>Null when it keeps all rules, else a sentence that says which one it breaks.</returns>
    public static string? Refusal(string typed)
    {
        if (typed.Length > LongestInput)
            return TooLong;
        if (!IsWellFormed(typed))
            return WrongLetters;
        var name = typed.Normalize(NormalizationForm.FormKC);
        if (name.Length < Shortest)
            return $"A name has at least {Shortest} characters.";
        if (name.Length > Longest)
            return TooLong;
        if (!Letters().IsMatch(name))
            return WrongLetters;
        return name.StartsWith('.') || name.EndsWith('.') || name.Contains("..", StringComparison.Ordinal) ? "A full stop stands between other characters of a name." : null;
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
    public static bool IsReserved(string key) => ReservedLooks.Contains(LookOf(key));

    // Signs between the letters make no other name of it.
    private static string LookOf(string key) => Skeleton.Of(key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal));

    // Normalizing half of a surrogate pair throws.
    private static bool IsWellFormed(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    [GeneratedRegex(@"\A[\p{L}\p{Nd}._-]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Letters();
}
