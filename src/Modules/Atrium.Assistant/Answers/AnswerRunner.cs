using Atrium.Assistant.Browser;
using Atrium.Assistant.Messages;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Answers;

/// <summary>Runs answers to their end: made, stored, said, titled. No connection has a part in this.</summary>
internal sealed partial class AnswerRunner(RunningAnswers running, AnswerStore store, IServiceScopeFactory scopes, TimeProvider clock, ILogger<AnswerRunner> logger)
{
    public RunningAnswer Start(AnswerOrder order)
    {
        var answer = new RunningAnswer(order);
        if (order.Browser is { } browser)
        {
            answer.Browser = new BrowserTurn(answer, clock, running.RecordSoon);
            answer.Route(new ChatRouted(ChatRouted.Browser, ChatRouted.BrowserName, PlainText.Clean(browser.Model), null), null);
        }
        running.Add(answer);
        _ = Task.Run(() => RunAsync(answer));
        return answer;
    }

    private async Task RunAsync(RunningAnswer answer)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var end = await (answer.Browser is { } turn ? turn.WaitAsync() : scope.ServiceProvider.GetRequiredService<AnswerMaker>().MakeAsync(answer));
            var finished = await store.FinishAsync(answer, end);
            running.Remove(answer, isStored: finished is not null);
            answer.Complete(finished);
            if (finished is { Status: MessageStatus.Complete } && answer.Order.WantsTitle)
                await scope.ServiceProvider.GetRequiredService<TitleMaker>().MakeAsync(answer.Order, finished);
        }
        catch (Exception exception)
        {
            LogLost(exception, answer.Order.GenerationId);
            await AbandonAsync(answer);
        }
        finally
        {
            answer.Dispose();
        }
    }

    private async Task AbandonAsync(RunningAnswer answer)
    {
        try
        {
            await store.AbandonAsync(answer.Order);
        }
        catch (Exception exception)
        {
            // Its row says streaming; the next start marks it interrupted with what was recorded.
            LogLost(exception, answer.Order.GenerationId);
        }
        running.Remove(answer, isStored: false);
        answer.Complete(null);
    }

    [LoggerMessage(LogLevel.Critical, "Generation {Generation} could not be brought to its end")]
    private partial void LogLost(Exception exception, Guid generation);
}
