using System.Globalization;
using System.Text;
using Atrium.Accounts.People;

namespace Atrium.Accounts.Profiles;

/// <summary>The name that others see beside the account's own name. It is nobody's alone, so only the house's names are kept from it.</summary>
internal static class DisplayName
{
    public const int Longest = 64;

    /// <returns>Null when it may be shown, else a sentence.</returns>
    public static string? Refusal(string name)
    {
        if (name.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate && rune.Value != ZeroWidthJoiner))
            return "This name has letters that cannot be seen.";
        var words = name.Split([' ', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        return Username.IsReserved(Username.Fold(string.Concat(words))) ? "This name is reserved." : null;
    }

    // Emoji of several parts and some scripts need it.
    private const int ZeroWidthJoiner = 0x200D;
}
