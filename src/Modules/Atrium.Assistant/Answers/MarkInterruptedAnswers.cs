using Atrium.Assistant.Instances;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Answers;

/// <summary>
/// Marks answers interrupted whose server is gone, with the text their rows hold, and drops the rows. An owner that was taken for dead and
/// finishes later overwrites the mark with the whole answer.
/// </summary>
internal sealed partial class MarkInterruptedAnswers(
    Database database,
    [FromKeyedServices(Databases.StreamsName)] Database streams,
    TimeProvider clock,
    ILogger<MarkInterruptedAnswers> logger) : IInterruption
{
    public async Task MarkAsync(IReadOnlySet<Guid> alive, CancellationToken cancellation)
    {
        var running = await database.QueryAsync<RunningRow>("SELECT id, instance_id FROM assistant_messages WHERE status = 'streaming'", null, cancellation);
        var interrupted = running.Where(row => row.InstanceId is not { } instance || !alive.Contains(instance)).ToList();
        foreach (var row in interrupted)
        {
            if (await database.QuerySingleOrDefaultAsync<MessageRow>($"SELECT {MessageRow.Columns} FROM assistant_messages m WHERE m.id = @Id AND m.status = 'streaming'", row, cancellation) is { } message)
                await MarkAsync(message, cancellation);
        }
        if (interrupted.Count > 0)
            LogMarked(interrupted.Count);
        // Rows of answers that were stored just before the process ended.
        foreach (var row in await streams.QueryAsync<GenerationRow>("SELECT id, instance FROM assistant_generations", null, cancellation))
        {
            if (!Guid.TryParse(row.Instance, out var instance) || !alive.Contains(instance))
                await streams.WriteAsync(unit => StreamRows.Delete(unit, row.Id), cancellation);
        }
    }

    private async Task MarkAsync(MessageRow message, CancellationToken cancellation)
    {
        var pieces = await streams.QueryAsync<PieceRow>(
            "SELECT from_position, kind, text FROM assistant_stream_pieces WHERE generation_id = @GenerationId ORDER BY from_position",
            new { message.GenerationId },
            cancellation);
        var draft = new AnswerDraft(MessageParts.FromJson(message.Parts));
        foreach (var piece in pieces)
            piece.AddTo(draft);
        var parts = draft.ToParts();
        var changed = new
        {
            Parts = MessageParts.ToJson(parts),
            SearchText = PlainText.Fold(MessageParts.TextOf(parts)),
            Tokens = MessageTokens.Of(parts),
            Now = clock.GetUtcNow(),
            message.Id,
            message.ConversationId,
            message.GenerationId,
        };
        await database.WriteAsync(
            unit =>
            {
                unit.Execute(
                    "UPDATE assistant_messages SET parts = @Parts, search_text = @SearchText, tokens = @Tokens, status = 'interrupted', finished_at = @Now WHERE id = @Id AND status = 'streaming'",
                    changed);
                unit.Execute("UPDATE assistant_conversations SET running_id = NULL WHERE id = @ConversationId AND running_id = @GenerationId", changed);
            },
            cancellation);
        if (message.GenerationId is { } generation)
            await streams.WriteAsync(unit => StreamRows.Delete(unit, generation), cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "{Count} answers were running when their server ended; they are marked interrupted")]
    private partial void LogMarked(int count);

    internal sealed record RunningRow
    {
        public required Guid Id { get; init; }

        public Guid? InstanceId { get; init; }
    }

    internal sealed record GenerationRow
    {
        public required Guid Id { get; init; }

        public required string Instance { get; init; }
    }

    internal sealed record PieceRow
    {
        public required long FromPosition { get; init; }

        public required string Kind { get; init; }

        public required string Text { get; init; }

        public void AddTo(AnswerDraft draft)
        {
            var kind = Enum.Parse<PieceKind>(Kind);
            if (kind is PieceKind.Text or PieceKind.Reasoning)
                draft.AppendText(kind, Text, 0);
            else
                draft.AppendTool(kind, StoredJson.Read<ToolPart>(Text)!);
        }
    }
}
