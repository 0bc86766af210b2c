using System.Buffers.Binary;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;

namespace Atrium.Platform.Security;

/// <summary>The stored blocks of one key: each a number of events and the moment from which they count no more.</summary>
internal static class LimitRow
{
    private const int BlockLength = sizeof(long) + sizeof(int);

    /// <param name="Granted">How many events may happen; 0 when the window is full.</param>
    /// <param name="Free">How many more there are.</param>
    /// <param name="Reset">Until the oldest block leaves the window.</param>
    public sealed record Taken(int Granted, int Free, TimeSpan Reset);

    /// <summary>Takes up to <paramref name="wanted"/> events that happen within <paramref name="lease"/> from now.</summary>
    public static Taken Take(WriteUnit unit, int group, string key, RateLimit rule, int wanted, TimeSpan lease, DateTimeOffset now)
    {
        var until = RowTypes.ToMicroseconds(now + lease + rule.Window);
        // One statement makes the row and locks it against the other servers.
        var stored = unit.Scalar<byte[]>(
            """
            INSERT INTO platform_limits (limit_group, limit_key, blocks, empty_at) VALUES (@group, @key, @Empty, @until)
            ON CONFLICT (limit_group, limit_key) DO UPDATE SET empty_at = @until
            RETURNING blocks
            """,
            new { group, key, Empty = Array.Empty<byte>(), until })!;
        var moment = RowTypes.ToMicroseconds(now);
        var blocks = Read(stored).Where(block => block.Until > moment).ToList();
        var free = rule.Requests - blocks.Sum(block => block.Events);
        var granted = Math.Clamp(free, 0, wanted);
        if (granted > 0)
            blocks.Add((until, granted));
        unit.Execute("UPDATE platform_limits SET blocks = @Blocks WHERE limit_group = @group AND limit_key = @key", new { group, key, Blocks = Write(blocks) });
        var reset = TimeSpan.FromMicroseconds(blocks.Min(block => block.Until) - moment);
        return new Taken(granted, Math.Max(0, free - granted), reset);
    }

    private static IEnumerable<(long Until, int Events)> Read(byte[] stored)
    {
        for (var at = 0; at < stored.Length; at += BlockLength)
            yield return (BinaryPrimitives.ReadInt64LittleEndian(stored.AsSpan(at)), BinaryPrimitives.ReadInt32LittleEndian(stored.AsSpan(at + sizeof(long))));
    }

    private static byte[] Write(List<(long Until, int Events)> blocks)
    {
        var bytes = new byte[blocks.Count * BlockLength];
        for (var index = 0; index < blocks.Count; index++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(index * BlockLength), blocks[index].Until);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((index * BlockLength) + sizeof(long)), blocks[index].Events);
        }
        return bytes;
    }
}
