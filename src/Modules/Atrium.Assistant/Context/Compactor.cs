using System.Text;
using Atrium.Ai;
using Atrium.Assistant.Answers;
using Atrium.Assistant.Messages;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Context;

/// <summary>A branch with what was said before it, in short.</summary>
internal sealed record CompactedBranch(string Summary, IReadOnlyList<PromptRow> Branch);

/// <summary>
/// Sums up the older part of a talk with the model that answers in it, once: the summary is kept under the message it reaches down to, and later
/// answers use it until the talk has outgrown it too; then it becomes part of the next one.
/// </summary>
internal sealed partial class Compactor(Database database, BranchReader branches, IChatGateway gateway, TimeProvider clock, ILogger<Compactor> logger)
{
    private const string Prompt =
        "Sum up the talk below for the assistant that will go on with it: facts, names, figures, decisions, open questions and wishes of the person, in the talk's own language. "
        + "Keep what a later answer may need; leave out greetings. Write plain sentences and nothing else.";

    private const string Offline = "offline";

    /// <summary>Tokens and letters of the talk that are summed up by one call.</summary>
    private const long PieceTokens = 15_000;

    private const int PieceLetters = 60_000;
    private const long LeastPieceTokens = 500;

    /// <summary>Calls for one summary. Of a talk that is longer still, the oldest part is left out.</summary>
    private const int MostPieces = 8;

    /// <summary>Tokens of the talk that are read for one summary.</summary>
    private const long MostTokens = 400_000;

    private const int SummaryTokens = 1_024;

    /// <param name="room">Tokens that summary and messages may take.</param>
    /// <returns>Null when there is no summary to be had: then the oldest messages are left out.</returns>
    public async Task<CompactedBranch?> CompactAsync(AnswerOrder order, Guid? from, long room, CancellationToken cancellation)
    {
        var known = await branches.FindSummaryAsync(order.ConversationId, from, cancellation);
        if (known is not null && await UseAsync(order, from, known, room, cancellation) is { } fits)
            return fits;
        // Half of the room is for what is not summed up, so that the next answers find the summary still fitting.
        var kept = await branches.ReadAsync(order.ConversationId, from, until: null, room / 2, cancellation);
        // Not to begin with an answer, which some providers refuse.
        if (kept is [{ Role: MessageRole.Assistant }, _, ..])
            kept = [.. kept.Skip(1)];
        if (kept[0].ParentId is not { } last || kept[^1].Tokens > room / 2)
            return null;
        try
        {
            var summary = await SumUpAsync(order, known, last, room, cancellation);
            return summary is null ? null : new CompactedBranch(summary, kept);
        }
        catch (ChatFailedException exception)
        {
            LogNotMade(order.ConversationId, exception.Failure.Code);
            return null;
        }
    }

    private async Task<CompactedBranch?> UseAsync(AnswerOrder order, Guid? from, SummaryRow known, long room, CancellationToken cancellation)
    {
        if (known.MessageId == from)
            return null;
        var branch = await branches.ReadAsync(order.ConversationId, from, known.MessageId, room - known.Tokens, cancellation);
        return branch[0].ParentId == known.MessageId ? new CompactedBranch(known.Text, branch) : null;
    }

    private async Task<string?> SumUpAsync(AnswerOrder order, SummaryRow? known, Guid last, long room, CancellationToken cancellation)
    {
        var talk = await branches.ReadAsync(order.ConversationId, last, known?.MessageId, MostTokens, cancellation);
        // Beside a piece there must be room for the summary before it and for the one it asks for.
        var pieces = Pieces(talk, Math.Clamp(room - 2 * SummaryTokens, LeastPieceTokens, PieceTokens));
        var summary = known?.Text ?? "";
        foreach (var piece in pieces.TakeLast(MostPieces))
        {
            if (await AskAsync(order, summary, piece, cancellation) is not { Length: > 0 } longer)
                return null;
            summary = longer;
        }
        await database.ExecuteAsync(
            """
            INSERT INTO assistant_summaries (message_id, conversation_id, text, tokens, created_at) VALUES (@last, @ConversationId, @summary, @Tokens, @Now)
            ON CONFLICT (message_id) DO UPDATE SET text = excluded.text, tokens = excluded.tokens, created_at = excluded.created_at
            """,
            new { last, order.ConversationId, summary, Tokens = TokenEstimate.Text(summary), Now = clock.GetUtcNow() },
            CancellationToken.None);
        return summary;
    }

    private async Task<string?> AskAsync(AnswerOrder order, string summary, string talk, CancellationToken cancellation)
    {
        var call = new ChatCall
        {
            PersonId = order.PersonId,
            Module = AssistantModule.Name,
            Feature = "compact",
            ThingId = order.ConversationId,
            Model = order.Model,
            Persona = order.Persona,
            AllowsFallback = false,
            Options = new ChatOptions { MaxOutputTokens = SummaryTokens },
            Messages = [new ChatMessage(ChatRole.System, Prompt), new ChatMessage(ChatRole.User, summary.Length > 0 ? $"Said before, in short:\n{summary}\n\nThe talk:\n{talk}" : talk)],
        };
        var text = new StringBuilder();
        await foreach (var happening in gateway.StreamAsync(call, cancellation).WithCancellation(cancellation))
        {
            if (happening is ChatRouted { Provider: Offline })
                return null;
            if (happening is ChatUpdated update)
                text.Append(update.Update.Text);
            else if (happening is ChatBilled { Cost: { } dollars })
                await database.ExecuteAsync("UPDATE assistant_conversations SET cost = cost + @Cost WHERE id = @ConversationId", new { Cost = new Money(dollars), order.ConversationId }, CancellationToken.None);
        }
        return PlainText.Clean(text.ToString()).Trim();
    }

    private static List<string> Pieces(IReadOnlyList<PromptRow> talk, long mostTokens)
    {
        var pieces = new List<StringBuilder> { new() };
        var tokens = 0L;
        foreach (var row in talk)
        {
            var line = LineOf(row, mostTokens);
            if (pieces[^1].Length > 0 && (tokens + row.Tokens > mostTokens || pieces[^1].Length + line.Length > PieceLetters))
            {
                pieces.Add(new StringBuilder());
                tokens = 0;
            }
            pieces[^1].Append(line);
            tokens += row.Tokens;
        }
        return [.. pieces.Select(piece => piece.ToString())];
    }

    /// <summary>Of a message that is too long for one call, its beginning.</summary>
    private static string LineOf(PromptRow row, long mostTokens)
    {
        var text = MessageParts.TextOf(MessageParts.FromJson(row.Parts));
        var most = (int)Math.Min(row.Tokens > mostTokens ? text.Length * mostTokens / row.Tokens : text.Length, PieceLetters);
        return $"{(row.Role == MessageRole.User ? "Person" : "Assistant")}: {(text.Length > most ? PlainText.Clean(text[..most]) : text)}\n\n";
    }

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation} could not be summed up: {Reason}. Its oldest messages are left out")]
    private partial void LogNotMade(Guid conversation, string reason);
}
