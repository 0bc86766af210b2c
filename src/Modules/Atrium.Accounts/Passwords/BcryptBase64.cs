using System.Buffers.Text;
using System.Text;

namespace Atrium.Accounts.Passwords;

/// <summary>bcrypt's own alphabet over the usual 6-bit groups, without padding.</summary>
internal static class BcryptBase64
{
    private const string Usual = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const string Own = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Encode(byte[] bytes)
    {
        var text = new StringBuilder(Base64Url.EncodeToString(bytes));
        for (var index = 0; index < text.Length; index++)
            text[index] = Own[Usual.IndexOf(text[index], StringComparison.Ordinal)];
        return text.ToString();
    }
}
