using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Atrium.Ai.Offline;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>
/// A small rule-based partner for when no model can be reached. It calculates, converts units, knows dates and time zones and quotes the
/// person's own chats and documents. It says what it is and never pretends to understand.
/// </summary>
/// <param name="clock">Tells what "now" is.</param>
/// <param name="options">Language, place and search.</param>
public sealed partial class OfflineLite(TimeProvider clock, OfflineLiteOptions options) : IChatClient
{
    /// <summary>The id under which people choose it.</summary>
    public const string Id = "offline";

    private const int LongestQuestion = 4_000;

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. await AnswerAsync(messages, cancellationToken)]))
        {
            ModelId = Id,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 },
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var content in await AnswerAsync(messages, cancellationToken))
        {
            if (content is TextContent { Annotations: null } text)
                foreach (Match word in Words().Matches(text.Text))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return Update(new TextContent(word.Value));
                }
            else
                yield return Update(content);
        }
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 })])
        {
            ModelId = Id,
            FinishReason = ChatFinishReason.Stop,
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(Id, providerUri: null, Id)
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }

    private static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ModelId = Id };

    private async Task<IReadOnlyList<AIContent>> AnswerAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellation)
    {
        var question = messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
        var plain = PlainText.Of(question.Length > LongestQuestion ? question[..LongestQuestion] : question);
        var phrases = Phrases.For(options.Language);
        if (Help.Wants(plain))
            return [new TextContent(Help.Text(phrases, options))];
        var now = clock.GetUtcNow();
        var answer = new WorldClock(now, options.TimeZone, phrases).Answer(plain)
            ?? new Calendar(TimeZoneInfo.ConvertTime(now, options.TimeZone), phrases).Answer(plain)
            ?? new Arithmetic(phrases).Answer(plain);
        return answer is not null ? [new TextContent(answer)] : await QuoteAsync(question.Trim(), plain, phrases, cancellation);
    }

    private async Task<IReadOnlyList<AIContent>> QuoteAsync(string question, string plain, Phrases phrases, CancellationToken cancellation)
    {
        if (options.IsRestricted || options.Search is not { } search)
            return [new TextContent(Help.NotUnderstood(phrases, options))];
        var passages = await search(question, cancellation);
        return passages.Count > 0 ? Quotes.Contents(passages, plain, phrases) : [new TextContent(phrases.NothingFound)];
    }

    [GeneratedRegex(@"\S+\s*|\s+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
