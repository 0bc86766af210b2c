using Atrium.Assistant.Messages;
using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Answers;

/// <summary>
/// At start: every answer that was running when the process ended is marked interrupted, with the text its rows hold, and its rows go. An owner
/// that is still alive elsewhere and finishes later overwrites the mark with the whole answer.
/// </summary>
internal sealed partial class MarkInterruptedAnswers(
    Database database,
    [FromKeyedServices(Databases.StreamsName)] Database streams,
    TimeProvider clock,
    ILogger<MarkInterruptedAnswers> logger) : IStartTask
{
    public async Task StartAsync(CancellationToken cancellation)
    {
        var interrupted = await database.QueryAsync<MessageRow>(
            $"SELECT {MessageRow.Columns} FROM assistant_messages m WHERE m.status = 'streaming'", null, cancellation);
        foreach (var message in interrupted)
            await MarkAsync(message, cancellation);
        if (interrupted.Count > 0)
            LogMarked(interrupted.Count);
        // Rows of answers that were stored just before the process ended.
        foreach (var id in await streams.QueryAsync<Guid>("SELECT id FROM assistant_generations", null, cancellation))
            await streams.WriteAsync(unit => StreamRows.Delete(unit, id), cancellation);
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

    [LoggerMessage(LogLevel.Warning, "{Count} answers were running when the house ended; they are marked interrupted")]
    private partial void LogMarked(int count);

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
