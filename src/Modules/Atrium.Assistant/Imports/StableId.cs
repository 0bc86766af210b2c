using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Atrium.Assistant.Imports;

/// <summary>
/// Ids that come out the same whenever the same person imports the same thing, and never the same for two people. They have the shape of
/// version 7 (time first), so that imported messages sort and are searched by their own time; the rest is a hash in place of chance.
/// </summary>
internal static class StableId
{
    private const int TimeLength = 6;

    /// <param name="time">As the source says it; the id depends on it.</param>
    public static Guid Of(Guid ownerId, string source, string key, DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{ownerId:N}\n{source}\n{key}"), bytes);
        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, Math.Max(0, time.ToUnixTimeMilliseconds()));
        milliseconds[^TimeLength..].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
