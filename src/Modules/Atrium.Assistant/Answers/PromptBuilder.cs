using Atrium.Ai;
using Atrium.Assistant.Attachments;
using Atrium.Assistant.Context;
using Atrium.Assistant.Messages;
using Atrium.Assistant.Personas;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Answers;

/// <summary>
/// Turns the branch above an answer into a call: the system prompt, then as many of the newest messages as the model can read. What is too much is left
/// out, summed up or refused as the person chose, so that a provider's refusal of a long talk is never the answer.
/// </summary>
internal sealed class PromptBuilder(BranchReader branches, Compactor compactor, AttachmentFiles files, IChatGateway gateway, IPeople people)
{
    public const string Continue = "Your last message was cut off. Continue it from exactly where it stopped: do not repeat any of it, do not comment on it, begin with the next word.";

    /// <summary>What every model reads; shorter talks do not ask for the limit.</summary>
    private const long AlwaysFits = 3_000;

    /// <summary>For models whose limit nobody knows.</summary>
    private const int UnknownLimit = 128_000;

    private const int OutputReserve = 4_096;

    public async Task<ChatCall> BuildAsync(AnswerOrder order, CancellationToken cancellation)
    {
        var prompt = SystemPrompt(order);
        var person = await people.FindAsync(order.PersonId, cancellation);
        var call = new ChatCall
        {
            PersonId = order.PersonId,
            Module = AssistantModule.Name,
            Feature = "answer",
            ThingId = order.ConversationId,
            Model = order.Model,
            Persona = order.Persona,
            Locale = person?.Locale ?? "en",
            Options = order.Parameters.ToOptions(),
            Messages = [],
        };
        var branch = await LoadAsync(order, AlwaysFits, cancellation);
        if (order.Browser is not null || branch[0].ParentId is not null || branch.Sum(row => row.Tokens) > AlwaysFits)
            (prompt, branch) = await FitAsync(order, call, prompt, cancellation);
        var messages = await ToChatAsync(order, branch, cancellation);
        return call with { Messages = [new ChatMessage(ChatRole.System, prompt), .. messages] };
    }

    private async Task<(string Prompt, IReadOnlyList<PromptRow> Branch)> FitAsync(AnswerOrder order, ChatCall call, string prompt, CancellationToken cancellation)
    {
        var limit = order.Browser?.Limit ?? await gateway.FindContextLimitAsync(call, cancellation) ?? UnknownLimit;
        var room = RoomOf(limit, order.Parameters.MaxOutputTokens) - TokenEstimate.Text(prompt) - MessageTokens.PerMessage;
        var branch = await LoadAsync(order, room, cancellation);
        if (branch[^1].Tokens > room)
            throw new ChatFailedException(new ChatFailure("too-long-for-model", "This message is longer than the model can read. Shorten it, or choose a model with a larger context."), null);
        if (branch[0].ParentId is null)
            return (prompt, branch);
        if (order.ContextMode == ContextMode.Stop)
            throw new ChatFailedException(new ChatFailure("context-full", "This talk is longer than the model can read. Let it leave out or sum up the oldest part, choose a model with a larger context, or begin a new talk."), null);
        return order is { ContextMode: ContextMode.Compact, Browser: null } && await compactor.CompactAsync(order, FromOf(order), room, cancellation) is { } compacted
            ? ($"{prompt}\n\nSaid before in this talk, in short:\n{compacted.Summary}", compacted.Branch)
            : (prompt, branch);
    }

    /// <returns>Tokens for what is read, so that there is room for the answer.</returns>
    public static long RoomOf(int limit, int? mostOutput) => limit - Math.Min(mostOutput ?? OutputReserve, limit / 4);

    private static Guid? FromOf(AnswerOrder order) => order.IsContinuation ? order.Answer.Id : order.Answer.ParentId;

    private static string SystemPrompt(AnswerOrder order)
    {
        var persona = (PersonaList.Find(order.Persona) ?? PersonaList.Default).Prompt;
        return order.SystemPrompt is { Length: > 0 } own ? persona + "\n\n" + own : persona;
    }

    /// <summary>The newest messages above the answer (with it, when it is continued), oldest first, as many as fit; always at least one.</summary>
    private Task<IReadOnlyList<PromptRow>> LoadAsync(AnswerOrder order, long room, CancellationToken cancellation) =>
        branches.ReadAsync(order.ConversationId, FromOf(order), until: null, room, cancellation);

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
}
