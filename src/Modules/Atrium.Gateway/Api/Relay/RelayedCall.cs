using Atrium.Ai;
using Atrium.Gateway.Budgets;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Relay;

/// <summary>One call on its way through, and its one bill. Whoever is first to end it decides how it ended.</summary>
internal sealed class RelayedCall(RelayRequest request, ChatRoute route, int mostOutput, CallBill bill, BudgetHold hold)
{
    // No tokenizer makes more tokens of prose; pictures are counted as elsewhere.
    private const int BytesPerToken = 3;
    private const int TokensPerAttachment = 800;

    private bool isClosed;

    public ChatRoute Route => route;

    public int MostOutput => mostOutput;

    public decimal? Cost { get; private set; }

    /// <summary>Ends when the ledger row is durable.</summary>
    public Task Durable { get; private set; } = Task.CompletedTask;

    /// <summary>As estimated from a request.</summary>
    public static long InputTokens(RelayRequest request) => (request.TextBytes / BytesPerToken) + (request.Attachments * TokensPerAttachment);

    public void Complete(RelayedAnswer answer) => Close(answer.Usage, answer, CallStatus.Complete);

    /// <summary>The asker let go while the provider was at work: it charges for the question at least.</summary>
    public void Cancel(RelayedAnswer? answer) => Close(answer?.Usage, answer, CallStatus.Cancelled);

    /// <param name="usage">What the provider had counted before it failed.</param>
    /// <param name="hasPassed">Something of the answer was handed on.</param>
    public void Fail(UsageDetails? usage, RelayedAnswer? answer, bool hasPassed)
    {
        if (usage is not null || hasPassed)
            Close(usage, answer, CallStatus.Failed);
        else
            LetGo();
    }

    /// <summary>Nothing was used.</summary>
    public void LetGo()
    {
        if (isClosed)
            return;
        isClosed = true;
        hold.Dispose();
    }

    private void Close(UsageDetails? counted, RelayedAnswer? answer, CallStatus status)
    {
        if (isClosed)
            return;
        isClosed = true;
        var usage = counted is null ? new Usage(InputTokens(request), 0, 0, answer?.EstimatedTokens ?? 0, 0, true) : Usage.From(counted);
        (Cost, Durable) = bill.Close(usage, status);
    }
}
