using Atrium.Assistant.Instances;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Imports;

/// <summary>Marks imports interrupted whose server is gone: their file went with it.</summary>
internal sealed class MarkInterruptedImports(Database database, TimeProvider clock) : IInterruption
{
    public async Task MarkAsync(IReadOnlySet<Guid> alive, CancellationToken cancellation)
    {
        foreach (var row in await database.QueryAsync<Row>("SELECT id, instance_id FROM assistant_imports WHERE finished_at IS NULL", null, cancellation))
        {
            if (!alive.Contains(row.InstanceId))
                await database.ExecuteAsync(
                    "UPDATE assistant_imports SET status = 'interrupted', finished_at = @Now WHERE id = @Id AND finished_at IS NULL", new { Now = clock.GetUtcNow(), row.Id }, cancellation);
        }
    }

    internal sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid InstanceId { get; init; }
    }
}
