using System.Net.Mail;

namespace Atrium.Accounts.People;

/// <summary>An address nobody has confirmed yet: only its shape is known.</summary>
internal static class EmailAddress
{
    /// <summary>UTF-16 units.</summary>
    public const int Longest = 256;

    public static bool IsPlausible(string text) =>
        !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;

    /// <summary>The form in which addresses are compared. Case in the part before @ could matter, and nowhere does.</summary>
    public static string Fold(string email) => email.ToUpperInvariant().ToLowerInvariant();
}
