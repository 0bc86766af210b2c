using Atrium.Assistant.Messages;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Answers;

/// <summary>Makes answers: asks the gateway, feeds the running answer, stores what came of it. No connection has a part in this.</summary>
internal sealed partial class AnswerRunner(
    RunningAnswers running,
    PromptBuilder prompts,
    IChatGateway gateway,
    AnswerStore store,
    TitleMaker titles,
    TimeProvider clock,
    ILogger<AnswerRunner> logger)
{
    private static readonly MessageError InternalError = new("internal-error", "Something went wrong inside while this was answered. It has been noted; try again.");

    public RunningAnswer Start(AnswerOrder order)
    {
        var answer = new RunningAnswer(order);
        running.Add(answer);
        _ = Task.Run(() => RunAsync(answer));
        return answer;
    }

    private async Task RunAsync(RunningAnswer answer)
    {
        var end = await AskAsync(answer);
        var finished = await store.FinishAsync(answer, end);
        running.Remove(answer, isStored: finished is not null);
        answer.Complete(finished);
        answer.Dispose();
        if (finished is { Status: MessageStatus.Complete } && answer.Order.WantsTitle)
            await titles.MakeAsync(answer.Order, finished);
    }

    private async Task<AnswerEnd> AskAsync(RunningAnswer answer)
    {
        var listener = new AnswerListener(answer, clock, running.RecordSoon);
        try
        {
            var call = await prompts.BuildAsync(answer.Order, answer.Cancellation);
            await foreach (var happening in gateway.StreamAsync(call, answer.Cancellation).WithCancellation(answer.Cancellation))
                listener.Hear(happening);
            listener.Flush();
            return End(answer, listener.Bill, null);
        }
        catch (ChatFailedException exception)
        {
            listener.Flush();
            return End(answer, exception.Bill ?? listener.Bill, new MessageError(exception.Failure.Code, exception.Failure.Title));
        }
        catch (OperationCanceledException) when (answer.EndReason != EndReason.None)
        {
            listener.Flush();
            return End(answer, listener.Bill, null);
        }
        catch (DatabaseUnavailableException)
        {
            return End(answer, listener.Bill, new MessageError("database-unavailable", "The database does not answer. Try again in a moment."));
        }
        catch (Exception exception)
        {
            LogFailure(exception, answer.Order.GenerationId);
            return End(answer, listener.Bill, InternalError);
        }
    }

    private static AnswerEnd End(RunningAnswer answer, ChatBilled? bill, MessageError? error)
    {
        var hasText = answer.Parts().HasText || answer.Order.IsContinuation;
        var status = answer.EndReason switch
        {
            EndReason.Stopped => MessageStatus.Stopped,
            EndReason.Restarting => MessageStatus.Interrupted,
            _ => error is null ? MessageStatus.Complete : hasText ? MessageStatus.Interrupted : MessageStatus.Failed,
        };
        return new AnswerEnd(
            status,
            bill?.StopReason,
            bill is null ? null : MessageUsage.From(bill.Usage),
            bill?.Cost is { } dollars ? new Money(dollars) : null,
            answer.EndReason == EndReason.None ? error : null);
    }

    [LoggerMessage(LogLevel.Error, "Generation {Generation} failed")]
    private partial void LogFailure(Exception exception, Guid generation);
}
