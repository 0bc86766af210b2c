using System.Text;

namespace Atrium.Assistant.Attachments;

/// <summary>Says what bytes are, by looking at them. Names and declared types are never believed.</summary>
internal static class ContentSniffer
{
    public const string Text = "text/plain";
    public const string Pdf = "application/pdf";

    private const int MarkupSearch = 4096;

    /// <returns>A media type the house keeps, or null. SVG and other markup that runs scripts when shown is null.</returns>
    public static string? Sniff(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => Pdf,
        _ => IsText(bytes) && !IsDrawing(bytes) ? Text : null,
    };

    public static bool IsImage(string mediaType) => mediaType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>Whole UTF-8 without control characters other than white space.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || !System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        foreach (var letter in bytes)
        {
            if (letter is < 0x20 and not ((byte)'\n' or (byte)'\r' or (byte)'\t' or 0x0C) or 0x7F)
                return false;
        }
        return true;
    }

    private static bool IsDrawing(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MarkupSearch)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '\f');
        return start.StartsWith('<') && start.Contains("<svg", StringComparison.OrdinalIgnoreCase);
    }
}
