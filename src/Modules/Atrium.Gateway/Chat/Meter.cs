using System.Text;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Ledger;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Chat;

/// <summary>Counts one call from its updates and puts it into the ledger.</summary>
internal sealed class Meter(ChatCall call, CallBill bill)
{
    private readonly StringBuilder answer = new();
    private Usage? counted;
    private ChatFinishReason? reason;

    /// <summary>True after the first word, thought or tool call.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>True when something was used for certain.</summary>
    public bool HasUsed => HasSpoken || counted is { Input: > 0 } or { Output: > 0 };

    /// <summary>How long the answer is by now, thoughts and tool calls with it.</summary>
    public long Letters => answer.Length;

    /// <summary>Takes the counts out of an update.</summary>
    /// <returns>True when something is left to show.</returns>
    public bool Take(ChatResponseUpdate update)
    {
        reason = update.FinishReason ?? reason;
        for (var index = update.Contents.Count - 1; index >= 0; index--)
        {
            if (update.Contents[index] is not UsageContent usage)
                continue;
            counted = Usage.From(usage.Details);
            update.Contents.RemoveAt(index);
        }
        foreach (var content in update.Contents)
            answer.Append(TextOf(content));
        HasSpoken |= update.Contents.Count > 0;
        return update.Contents.Count > 0;
    }

    /// <summary>Takes over what a failing provider had counted.</summary>
    public void Take(UsageDetails? details) => counted = details is null ? counted : Usage.From(details);

    /// <summary>The answer ends here because it is longer than was asked for.</summary>
    public void CutShort() => reason = ChatFinishReason.Length;

    /// <summary>Returns when the row is in the ledger. Without counts of the provider it is an estimate.</summary>
    public async Task<ChatBilled> BillAsync(CallStatus status)
    {
        var usage = counted ?? Usage.From(TokenEstimate.Usage(call.Messages, answer.ToString()));
        var (cost, durable) = bill.Close(usage, status);
        await durable;
        return new ChatBilled(CallBill.Counts(usage), cost, reason?.Value);
    }

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent tool => tool.Name + string.Join(' ', tool.Arguments?.Select(argument => $"{argument.Key} {argument.Value}") ?? []),
        _ => null,
    };
}
