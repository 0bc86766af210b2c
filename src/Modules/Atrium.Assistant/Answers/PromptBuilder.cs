using Atrium.Ai;
using Atrium.Assistant.Attachments;
using Atrium.Assistant.Messages;
using Atrium.Assistant.Personas;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Answers;

/// <summary>
/// Turns the branch above an answer into a call: the system prompt, then as many of the newest messages as the model can read. The oldest are left
/// out, so that a provider's refusal of a long talk is never the answer.
/// </summary>
internal sealed class PromptBuilder(Database database, AttachmentFiles files, IChatGateway gateway, IPeople people)
{
    public const string Continue = "Your last message was cut off. Continue it from exactly where it stopped: do not repeat any of it, do not comment on it, begin with the next word.";

    /// <summary>What every model reads; shorter talks do not ask for the limit.</summary>
    private const long AlwaysFits = 3_000;

    /// <summary>For models whose limit nobody knows.</summary>
    private const long UnknownLimit = 128_000;

    private const long OutputReserve = 4_096;

    public async Task<ChatCall> BuildAsync(AnswerOrder order, CancellationToken cancellation)
    {
        var prompt = SystemPrompt(order);
        var person = await people.FindAsync(order.PersonId, cancellation);
        var call = new ChatCall
        {
            PersonId = order.PersonId,
            Module = AssistantModule.Name,
            Feature = "answer",
            Model = order.Model,
            Persona = order.Persona,
            Locale = person?.Locale ?? "en",
            Options = order.Parameters.ToOptions(),
            Messages = [new ChatMessage(ChatRole.System, prompt)],
        };
        var fixedTokens = TokenEstimate.Text(prompt) + MessageTokens.PerMessage;
        var branch = await LoadAsync(order, AlwaysFits, cancellation);
        if (branch[0].ParentId is not null || branch.Sum(row => row.Tokens) > AlwaysFits)
        {
            var limit = await gateway.FindContextLimitAsync(call, cancellation) ?? UnknownLimit;
            var room = limit - fixedTokens - Math.Min(order.Parameters.MaxOutputTokens ?? OutputReserve, limit / 4);
            branch = await LoadAsync(order, room, cancellation);
            if (branch[^1].Tokens > room)
                throw new ChatFailedException(new ChatFailure("too-long-for-model", "This message is longer than the model can read. Shorten it, or choose a model with a larger context."), null);
        }
        var messages = await ToChatAsync(order, branch, cancellation);
        return call with { Messages = [.. call.Messages, .. messages] };
    }

    private static string SystemPrompt(AnswerOrder order)
    {
        var persona = (PersonaList.Find(order.Persona) ?? PersonaList.Default).Prompt;
        return order.SystemPrompt is { Length: > 0 } own ? persona + "\n\n" + own : persona;
    }

    /// <summary>The newest messages above the answer (with it, when it is continued), oldest first, as many as fit; always at least one.</summary>
    private async Task<IReadOnlyList<PromptRow>> LoadAsync(AnswerOrder order, long room, CancellationToken cancellation)
    {
        var from = order.IsContinuation ? order.Answer.Id : order.Answer.ParentId;
        return await database.QueryAsync<PromptRow>(
            """
            WITH RECURSIVE branch (id, parent_id, total, depth) AS (
                SELECT id, parent_id, tokens, 1 FROM assistant_messages WHERE id = @From AND conversation_id = @ConversationId
                UNION ALL
                SELECT p.id, p.parent_id, b.total + p.tokens, b.depth + 1 FROM branch b JOIN assistant_messages p ON p.id = b.parent_id
                WHERE b.total + p.tokens <= @Room
            )
            SELECT m.id, m.parent_id, m.role, m.parts, m.tokens FROM branch b JOIN assistant_messages m ON m.id = b.id ORDER BY b.depth DESC
            """,
            new { From = from, order.ConversationId, Room = room },
            cancellation);
    }

    private async Task<List<ChatMessage>> ToChatAsync(AnswerOrder order, IReadOnlyList<PromptRow> branch, CancellationToken cancellation)
    {
        var messages = new List<ChatMessage>();
        var attachments = files.ReaderFor(order.PersonId);
        // Newest first, so that the room for attachments goes to what was just sent.
        foreach (var row in branch.Reverse())
        {
            var parts = MessageParts.FromJson(row.Parts);
            var contents = row.Role == MessageRole.User ? await attachments.ToContentsAsync(parts, cancellation) : FromAnswer(parts);
            if (contents.Count > 0)
                messages.Add(new ChatMessage(row.Role == MessageRole.User ? ChatRole.User : ChatRole.Assistant, contents));
        }
        messages.Reverse();
        // Some providers refuse a talk that begins with an answer.
        if (messages.Count > 1 && messages[0].Role == ChatRole.Assistant)
            messages.RemoveAt(0);
        if (order.IsContinuation)
            messages.Add(new ChatMessage(ChatRole.User, Continue));
        return messages;
    }

    private static List<AIContent> FromAnswer(IReadOnlyList<MessagePart> parts)
    {
        var contents = new List<AIContent>();
        foreach (var part in parts)
        {
            if (part is TextPart { Text.Length: > 0 } text)
                contents.Add(new TextContent(text.Text));
            else if (part is ReasoningPart { Signature: { } signature } reasoning)
                contents.Add(new TextReasoningContent(reasoning.Text) { ProtectedData = signature });
        }
        return contents.Exists(content => content is TextContent) ? contents : [];
    }

    internal sealed record PromptRow
    {
        public required Guid Id { get; init; }

        public Guid? ParentId { get; init; }

        public required string Role { get; init; }

        public required string Parts { get; init; }

        public required long Tokens { get; init; }
    }
}
