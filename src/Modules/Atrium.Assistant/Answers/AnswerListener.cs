using System.Text.Json;
using Atrium.Assistant.Messages;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Answers;

/// <summary>Turns what a model says into pieces of a running answer.</summary>
internal sealed class AnswerListener(RunningAnswer answer, TimeProvider clock, Action recordSoon)
{
    /// <summary>UTF-16 letters of one answer; what a broken provider streams beyond is refused.</summary>
    public const int MostLetters = 4_000_000;

    private readonly long start = clock.GetTimestamp();
    private string? routedFirst;
    private string held = "";
    private PieceKind heldKind;
    private long letters;

    public ChatBilled? Bill { get; private set; }

    public void Hear(ChatEvent happening)
    {
        switch (happening)
        {
            case ChatRouted route:
                routedFirst ??= route.Provider;
                answer.Route(route, route.FellBackFrom is { } failure ? new MessageFallback(routedFirst, failure.Code, failure.Title, failure.Values) : null);
                break;
            case ChatUpdated { Update: var update }:
                foreach (var content in update.Contents)
                    Hear(content);
                break;
            case ChatBilled bill:
                Bill = bill;
                Flush();
                answer.Bill(MessageUsage.From(bill.Usage), bill.Cost is { } dollars ? new Money(dollars) : null);
                break;
        }
    }

    /// <summary>Says what was held back because it looked like half a letter.</summary>
    public void Flush()
    {
        if (held.Length == 0)
            return;
        var rest = PlainText.Clean(held);
        held = "";
        answer.AppendText(heldKind, rest, Seconds);
    }

    private double Seconds => clock.GetElapsedTime(start).TotalSeconds;

    private void Hear(AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent reasoning:
                if (reasoning.ProtectedData is { Length: > 0 } proof)
                    answer.Sign(proof);
                Append(PieceKind.Reasoning, reasoning.Text);
                break;
            case TextContent text:
                Append(PieceKind.Text, text.Text);
                foreach (var citation in text.Annotations?.OfType<CitationAnnotation>() ?? [])
                    answer.Cite(new CitationPart(PlainText.Clean(citation.Title ?? citation.Url?.Host ?? ""), citation.Url?.AbsoluteUri, citation.Snippet is { } quote ? PlainText.Clean(quote) : null));
                break;
            case FunctionCallContent call:
                Flush();
                answer.AppendTool(PieceKind.Tool, new ToolPart(call.CallId, call.Name, JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions)));
                break;
            case FunctionResultContent result:
                Flush();
                answer.AppendTool(PieceKind.ToolResult, new ToolPart(result.CallId, "", "", result.Result?.ToString() ?? ""));
                break;
        }
    }

    private void Append(PieceKind kind, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (heldKind != kind)
            Flush();
        letters += text.Length;
        if (letters > MostLetters)
            throw new ChatFailedException(new ChatFailure("cut-off", "The model did not stop writing, so the answer was cut off."), null);
        var whole = held + text;
        held = char.IsHighSurrogate(whole[^1]) ? whole[^1..] : "";
        heldKind = kind;
        if (whole.Length > held.Length)
            answer.AppendText(kind, PlainText.Clean(whole[..^held.Length]), Seconds);
        if (answer.UnrecordedLength >= RunningAnswers.RecordEarlyLength)
            recordSoon();
    }
}
