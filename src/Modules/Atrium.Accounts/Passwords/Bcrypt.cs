using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;

namespace Atrium.Accounts.Passwords;

/// <summary>
/// bcrypt (Provos and Mazières, 1999) by the system's libxcrypt, else by BouncyCastle. Reads at most 72 bytes and stops at a zero byte,
/// which is why <see cref="PasswordHash"/> hashes first.
/// </summary>
internal static partial class Bcrypt
{
    private const int SaltLength = 16;

    /// <summary>Costs beyond this would hold a thread for minutes; no system that people came from used them.</summary>
    private const int HighestCost = 16;

    private static readonly bool IsNative = SystemCrypt.IsUsable;

    /// <param name="cost">4 to 16: two to this power rounds.</param>
    public static string Hash(byte[] phrase, int cost)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return IsNative ? SystemCrypt.Hash(phrase, Setting(cost, salt))! : OpenBsdBCrypt.Generate("2b", Characters(phrase), salt, cost);
    }

    /// <returns>False also when <paramref name="hash"/> is not a bcrypt hash.</returns>
    public static bool Verify(byte[] phrase, string hash)
    {
        if (CostOf(hash) is null or > HighestCost || phrase.Contains((byte)0))
            return false;
        if (!IsNative)
            return OpenBsdBCrypt.CheckPassword(hash, Characters(phrase));
        var computed = SystemCrypt.Hash(phrase, hash);
        return computed is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(computed), Encoding.ASCII.GetBytes(hash));
    }

    /// <returns>Null when the text is not a bcrypt hash of the kinds 2a, 2b or 2y.</returns>
    public static int? CostOf(string hash) => Shape().IsMatch(hash) ? int.Parse(hash.AsSpan(4, 2), CultureInfo.InvariantCulture) : null;

    /// <summary>A hash of the given cost that no phrase is known to have: verifying against it takes as long as against a real one.</summary>
    public static string Unmatchable(int cost) => string.Create(CultureInfo.InvariantCulture, $"$2b${cost:00}${new string('.', 53)}");

    private static string Setting(int cost, byte[] salt) => string.Create(CultureInfo.InvariantCulture, $"$2b${cost:00}${BcryptBase64.Encode(salt)}");

    private static char[] Characters(byte[] phrase) => Encoding.UTF8.GetChars(phrase);

    [GeneratedRegex(@"\A\$2[aby]\$(?:0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
