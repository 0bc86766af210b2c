namespace Atrium.Accounts.Passwords;

/// <summary>
/// What a new password must be: 12 to 128 UTF-16 units of anything, not one of the passwords that everybody tries first, not the person's
/// own name, and not hardly more than the names of this house and its personas. No demand for digits or signs (NIST SP 800-63B, ASVS 5.0 6.2.5).
/// </summary>
internal static class PasswordRule
{
    public const int Shortest = 12;
    public const int Longest = 128;

    /// <summary>How much of a password must be something else than a word that everybody here thinks of first.</summary>
    private const int ShortestOwn = 8;

    private static readonly string[] ContextWords = ["atrium", "diszi", "zily"];

    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);

    /// <returns>Null when the password may be used, else a sentence.</returns>
    public static string? Refusal(string password, string username)
    {
        if (password.Length is < Shortest or > Longest)
            return $"A password has {Shortest} to {Longest} characters.";
        var folded = password.Trim().ToLowerInvariant();
        if (Common.Value.Contains(folded))
            return "This password is one of the first that everybody tries. Choose another.";
        return OwnLengthOf(folded, username.ToLowerInvariant()) < ShortestOwn ? "The password must be more than your name, or that of this house." : null;
    }

    private static int OwnLengthOf(string password, string username)
    {
        foreach (var word in ContextWords.Append(username))
            password = password.Replace(word, "", StringComparison.Ordinal);
        return password.Length;
    }

    private static HashSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(PasswordRule).Assembly.GetManifestResourceStream("Atrium.Accounts.Passwords.common-passwords.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}
