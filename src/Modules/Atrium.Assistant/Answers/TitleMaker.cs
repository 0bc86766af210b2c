using Atrium.Assistant.Browser;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Answers;

/// <summary>After the first answer asks the same model for a title. Offline Lite is not asked, and a title a person gave is never replaced.</summary>
internal sealed partial class TitleMaker(Database database, IChatGateway gateway, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<TitleMaker> logger)
{
    private const string Prompt = "Write a title of two to six words for the talk below, in its language. Answer with the title alone: no quotes, no full stop.";
    private const string Offline = "offline";
    private const int MostLetters = 1_500;
    private const int MostAnswerLetters = 500;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public async Task MakeAsync(AnswerOrder order, Message answer)
    {
        if (answer.Provider is null or Offline or ChatRouted.Browser)
            return;
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, lifetime.ApplicationStopping);
            var (text, cost) = await AskAsync(order, answer, either.Token);
            if (ConversationTitle.FromModel(text) is { } title)
                await StoreAsync(order, title, cost);
        }
        catch (Exception exception) when (exception is ChatFailedException or OperationCanceledException or DatabaseUnavailableException or StorageFullException)
        {
            // The title made by rule stays.
            LogKept(order.ConversationId, exception.GetType().Name);
        }
        catch (Exception exception)
        {
            LogFailure(exception, order.ConversationId);
        }
    }

    private async Task<(string Text, Money Cost)> AskAsync(AnswerOrder order, Message answer, CancellationToken cancellation)
    {
        var question = await database.ScalarAsync<string>(
            "SELECT parts FROM assistant_messages WHERE id = @ParentId AND conversation_id = @ConversationId",
            new { answer.ParentId, order.ConversationId },
            cancellation);
        var talk = "Person: " + Cut(MessageParts.TextOf(MessageParts.FromJson(question!)), MostLetters) + "\n\nAnswer: " + Cut(MessageParts.TextOf(answer.Parts), MostAnswerLetters);
        var call = new ChatCall
        {
            PersonId = order.PersonId,
            Module = AssistantModule.Name,
            Feature = "title",
            ThingId = order.ConversationId,
            Model = $"{answer.Provider}/{answer.Model}",
            Persona = order.Persona,
            AllowsFallback = false,
            Messages = [new ChatMessage(ChatRole.System, Prompt), new ChatMessage(ChatRole.User, talk)],
        };
        var text = new System.Text.StringBuilder();
        var cost = Money.Zero;
        await foreach (var happening in gateway.StreamAsync(call, cancellation).WithCancellation(cancellation))
        {
            if (happening is ChatUpdated update)
                text.Append(update.Update.Text);
            else if (happening is ChatBilled { Cost: { } dollars })
                cost = new Money(dollars);
        }
        return (text.ToString(), cost);
    }

    private Task StoreAsync(AnswerOrder order, string title, Money cost) =>
        database.ExecuteAsync(
            """
            UPDATE assistant_conversations
            SET cost = cost + @cost,
                title = CASE WHEN title_source = 'rule' THEN @title ELSE title END,
                search_title = CASE WHEN title_source = 'rule' THEN @searchTitle ELSE search_title END,
                title_source = CASE WHEN title_source = 'rule' THEN 'model' ELSE title_source END
            WHERE id = @ConversationId
            """,
            new { cost, title, searchTitle = PlainText.Fold(title), order.ConversationId },
            CancellationToken.None);

    private static string Cut(string text, int length) => text.Length <= length ? text : PlainText.Clean(text[..length]);

    [LoggerMessage(LogLevel.Information, "Conversation {Conversation} keeps its title: {Reason}")]
    private partial void LogKept(Guid conversation, string reason);

    [LoggerMessage(LogLevel.Error, "The title of conversation {Conversation} could not be made")]
    private partial void LogFailure(Exception exception, Guid conversation);
}
