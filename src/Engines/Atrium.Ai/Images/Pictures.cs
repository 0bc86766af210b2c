using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Pictures as all services have them.</summary>
public static class Pictures
{
    /// <summary>Name in a picture's additional properties: what the service made of the prompt, as text.</summary>
    public const string RevisedPrompt = "revised_prompt";

    /// <summary>A picture in Base64; null when it is none. Its first bytes say its kind, whatever anybody promised.</summary>
    internal static DataContent? FromBase64(JsonElement? encoded) =>
        encoded is { ValueKind: JsonValueKind.String } text && text.TryGetBytesFromBase64(out var bytes) ? FromBytes(bytes) : null;

    /// <summary>A picture; null when the bytes are none.</summary>
    public static DataContent? FromBytes(byte[] bytes) => KindOf(bytes) is { } kind ? new DataContent(bytes, kind) : null;

    private static string? KindOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "image/png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..].StartsWith("WEBP"u8) ? "image/webp"
        : bytes.StartsWith("GIF8"u8) ? "image/gif"
        : null;
}
