using System.Security.Cryptography;
using System.Text;

namespace Atrium.Accounts.Passwords;

/// <summary>What comparing a password with a stored hash says.</summary>
internal enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, but the stored hash is of an older kind or another cost: store a new one.</summary>
    RightButOutdated,
}

/// <summary>
/// The stored form of a password: <c>v1</c> and the bcrypt hash of base64(HMAC-SHA-384(fixed key, password in NFC)). The 64 ASCII
/// characters fit bcrypt's 72 bytes, so every character of a long password counts. Without <c>v1</c> it is a plain bcrypt hash of an older system.
/// </summary>
internal static class PasswordHash
{
    private const string Prefix = "v1";

    // Separates these inputs from other uses of the same function. It is public and no pepper, on purpose: see the decision note.
    private static readonly byte[] Domain = "atrium.password.v1"u8.ToArray();

    public static string Create(string password, int cost) => Prefix + Bcrypt.Hash(Prehash(password), cost);

    /// <summary>A stored form that no password matches, for names that do not exist.</summary>
    public static string Unmatchable(int cost) => Prefix + Bcrypt.Unmatchable(cost);

    public static PasswordVerdict Verify(string password, string stored, int cost)
    {
        var isCurrent = stored.StartsWith(Prefix, StringComparison.Ordinal);
        var hash = isCurrent ? stored[Prefix.Length..] : stored;
        if (!Bcrypt.Verify(isCurrent ? Prehash(password) : Encoding.UTF8.GetBytes(password), hash))
            return PasswordVerdict.Wrong;
        return isCurrent && Bcrypt.CostOf(hash) == cost ? PasswordVerdict.Right : PasswordVerdict.RightButOutdated;
    }

    private static byte[] Prehash(string password)
    {
        var text = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormC));
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA384.HashData(Domain, text)));
    }
}
