namespace Atrium.Accounts.Passwords;

/// <summary>
/// What a new password must be: 12 to 128 UTF-16 units of anything, not one of the passwords that everybody tries first, not the person's
/// own name. No demand for digits or signs (NIST SP 800-63B, ASVS 5.0 6.2.5).
/// </summary>
internal static class PasswordRule
{
    public const int Shortest = 12;
    public const int Longest = 128;

    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);

    /// <returns>Null when the password may be used, else a sentence.</returns>
    public static string? Refusal(string password, string username)
    {
        if (password.Length is < Shortest or > Longest)
            return $"A password has {Shortest} to {Longest} characters.";
        var folded = password.Trim().ToLowerInvariant();
        if (Common.Value.Contains(folded))
            return "This password is one of the first that everybody tries. Choose another.";
        return string.Equals(folded, username.ToLowerInvariant(), StringComparison.Ordinal) ? "The password must not be the name." : null;
    }

    private static HashSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(PasswordRule).Assembly.GetManifestResourceStream("Atrium.Accounts.Passwords.common-passwords.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}
