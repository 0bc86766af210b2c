using System.Security.Cryptography;
using Atrium.Platform.Data;

namespace Atrium.Platform.Security.Audit;

/// <summary>A stored row of the audit log.</summary>
public sealed record AuditRow
{
    internal const string Columns = "sequence, at, actor_id, actor_name, action, target, network, details, previous_hash, hash";

    /// <summary>1 for the first, without gaps.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public required string Action { get; init; }

    public string? Target { get; init; }

    public required string Network { get; init; }

    /// <summary>A JSON object of texts.</summary>
    public required string Details { get; init; }

    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>SHA-256 over the hash before and every field, each text with its length, so that nothing can move from one field to the next.</summary>
    internal byte[] ComputeHash()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(PreviousHash.Length);
            writer.Write(PreviousHash);
            writer.Write(Sequence);
            writer.Write(RowTypes.ToMicroseconds(At));
            foreach (var text in new[] { ActorId?.ToString(), ActorName, Action, Target, Network, Details })
            {
                writer.Write(text is not null);
                writer.Write(text ?? "");
            }
        }
        return SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
