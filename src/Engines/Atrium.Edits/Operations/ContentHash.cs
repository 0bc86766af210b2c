using System.Security.Cryptography;
using System.Text;

namespace Atrium.Edits;

/// <summary>Names the content that an edit was made for.</summary>
public static class ContentHash
{
    /// <summary>SHA-256 of the UTF-8 bytes, 64 lower-case hexadecimal digits.</summary>
    /// <param name="content">A file's content.</param>
    /// <returns>The hash.</returns>
    public static string Of(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }
}
