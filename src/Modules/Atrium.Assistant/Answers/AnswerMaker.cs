using Atrium.Assistant.Messages;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Answers;

/// <summary>Asks the gateway and feeds the running answer, and says how it ended. Does not throw.</summary>
internal sealed partial class AnswerMaker(RunningAnswers running, PromptBuilder prompts, IChatGateway gateway, TimeProvider clock, ILogger<AnswerMaker> logger)
{
    private static readonly MessageError InternalError = new("internal-error", "Something went wrong inside while this was answered. It has been noted; try again.");
    private static readonly MessageError DatabaseAway = new("database-unavailable", "The database does not answer. Try again in a moment.");

    public async Task<AnswerEnd> MakeAsync(RunningAnswer answer)
    {
        var listener = new AnswerListener(answer, clock, running.RecordSoon);
        try
        {
            var call = await prompts.BuildAsync(answer.Order, answer.Cancellation);
            await foreach (var happening in gateway.StreamAsync(call, answer.Cancellation).WithCancellation(answer.Cancellation))
                listener.Hear(happening);
            listener.Flush();
            return End(answer, listener.Bill, null, wasCutOff: false);
        }
        catch (ChatFailedException exception)
        {
            listener.Flush();
            return End(answer, exception.Bill ?? listener.Bill, MessageError.From(exception.Failure), answer.EndReason != EndReason.None);
        }
        catch (OperationCanceledException) when (answer.EndReason != EndReason.None)
        {
            listener.Flush();
            return End(answer, listener.Bill, null, wasCutOff: true);
        }
        catch (DatabaseUnavailableException)
        {
            return End(answer, listener.Bill, DatabaseAway, wasCutOff: false);
        }
        catch (Exception exception)
        {
            LogFailure(exception, answer.Order.GenerationId);
            return End(answer, listener.Bill, InternalError, wasCutOff: false);
        }
    }

    /// <param name="wasCutOff">It ended because it was stopped, or because the server ends; not by itself.</param>
    private static AnswerEnd End(RunningAnswer answer, ChatBilled? bill, MessageError? error, bool wasCutOff)
    {
        var status = wasCutOff ? answer.EndReason == EndReason.Stopped ? MessageStatus.Stopped : MessageStatus.Interrupted
            : error is null ? MessageStatus.Complete
            : answer.HasText ? MessageStatus.Interrupted : MessageStatus.Failed;
        return new AnswerEnd(
            status,
            bill?.StopReason,
            bill is null ? null : MessageUsage.From(bill.Usage),
            bill?.Cost is { } dollars ? new Money(dollars) : null,
            wasCutOff ? null : error);
    }

    [LoggerMessage(LogLevel.Error, "Generation {Generation} failed")]
    private partial void LogFailure(Exception exception, Guid generation);
}
