using Atrium.Platform.Data;

namespace Atrium.Platform.Security.Audit;

/// <summary>What <see cref="AuditLog.VerifyAsync"/> found.</summary>
/// <param name="Rows">How many rows were read and are whole.</param>
/// <param name="Fault">Null when the whole log is; else a sentence with the sequence number where it breaks.</param>
/// <param name="HeadHash">The last whole row's hash: noted elsewhere, it shows later that nothing before it was made anew.</param>
public sealed record AuditVerdict(long Rows, string? Fault, byte[] HeadHash);

/// <summary>Which rows of the audit log are wanted.</summary>
public sealed record AuditFilter(string? Action, Guid? ActorId, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>
/// The append-only, hash-chained log of who did what. An entry is appended in the unit of the change it records: there is no change without
/// its row and no row without its change. The database refuses to change or delete rows; whoever goes around it breaks the chain.
/// </summary>
public sealed class AuditLog(Database database)
{
    private const int PieceLength = 1_000;

    /// <summary>Appends an entry as the last statement of a unit: until the commit, everybody else's entries wait.</summary>
    public static void Append(WriteUnit unit, AuditEntry entry, DateTimeOffset now)
    {
        var head = unit.QuerySingleOrDefault<HeadRow>(
            """
            INSERT INTO platform_audit_head (id, sequence, hash) VALUES (1, 1, @Empty)
            ON CONFLICT (id) DO UPDATE SET sequence = platform_audit_head.sequence + 1
            RETURNING sequence, hash
            """,
            new { Empty = Array.Empty<byte>() })!;
        var row = new AuditRow
        {
            Sequence = head.Sequence,
            At = now,
            ActorId = entry.ActorId,
            ActorName = entry.ActorName,
            Action = entry.Action,
            Target = entry.Target?.ToString(),
            Network = entry.Network,
            Details = entry.DetailsAsJson(),
            PreviousHash = head.Hash,
            Hash = [],
        };
        row = row with { Hash = row.ComputeHash() };
        unit.Execute(
            $"""
            INSERT INTO platform_audit ({AuditRow.Columns})
            VALUES (@Sequence, @At, @ActorId, @ActorName, @Action, @Target, @Network, @Details, @PreviousHash, @Hash)
            """,
            row);
        unit.Execute("UPDATE platform_audit_head SET hash = @Hash WHERE id = 1", new { row.Hash });
    }

    /// <summary>For what changes nothing itself, such as a failed sign-in.</summary>
    public Task AppendAsync(AuditEntry entry, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(unit => Append(unit, entry, now), cancellation);

    /// <returns>At most <paramref name="limit"/> rows before a sequence number, newest first.</returns>
    public Task<IReadOnlyList<AuditRow>> ReadAsync(AuditFilter filter, long before, int limit, CancellationToken cancellation) =>
        database.QueryAsync<AuditRow>(
            $"""
            SELECT {AuditRow.Columns} FROM platform_audit WHERE sequence < @before
            {(filter.Action is null ? "" : "AND action = @Action")}
            {(filter.ActorId is null ? "" : "AND actor_id = @ActorId")}
            {(filter.From is null ? "" : "AND at >= @From")}
            {(filter.To is null ? "" : "AND at < @To")}
            ORDER BY sequence DESC LIMIT @limit
            """,
            new { filter.Action, filter.ActorId, filter.From, filter.To, before, limit },
            cancellation);

    /// <summary>Reads the whole log and computes every hash anew.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellation)
    {
        // What is appended while this reads lies behind this end and is no fault.
        var head = await database.QuerySingleOrDefaultAsync<HeadRow>("SELECT sequence, hash FROM platform_audit_head WHERE id = 1", null, cancellation)
            ?? new HeadRow { Sequence = 0, Hash = [] };
        byte[] previous = [];
        var count = 0L;
        while (true)
        {
            var rows = await database.QueryAsync<AuditRow>(
                $"SELECT {AuditRow.Columns} FROM platform_audit WHERE sequence > @count AND sequence <= @Sequence ORDER BY sequence LIMIT {PieceLength}", new { count, head.Sequence }, cancellation);
            foreach (var row in rows)
            {
                if (row.Sequence != count + 1)
                    return new AuditVerdict(count, $"Row {count + 1} is missing.", previous);
                if (!row.PreviousHash.AsSpan().SequenceEqual(previous) || !row.Hash.AsSpan().SequenceEqual(row.ComputeHash()))
                    return new AuditVerdict(count, $"Row {row.Sequence} is not what was written.", previous);
                previous = row.Hash;
                count = row.Sequence;
            }
            if (rows.Count < PieceLength)
                break;
        }
        if (count != head.Sequence || !previous.AsSpan().SequenceEqual(head.Hash))
            return new AuditVerdict(count, $"The log ends at row {count} and should end at row {head.Sequence}.", previous);
        var beyond = await database.ScalarAsync<long>("SELECT COUNT(*) FROM platform_audit WHERE sequence < 1", null, cancellation);
        return new AuditVerdict(count, beyond == 0 ? null : "There are rows before the first.", previous);
    }

    internal sealed record HeadRow
    {
        public required long Sequence { get; init; }

        public required byte[] Hash { get; init; }
    }
}
