using Atrium.Ai;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Responses;

/// <summary>Hears of each step of an answer.</summary>
internal interface IResponseListener
{
    void Opened(ResponseItem item);

    void Gained(ResponseItem item, string text);

    void Cited(ResponseItem item, CitationAnnotation citation);

    void Closed(ResponseItem item);
}

/// <summary>Parts an answer into the items of OpenAI's newer format.</summary>
/// <param name="listener">Null when the answer is written whole.</param>
internal sealed class ResponseItems(AnswerHead head, IResponseListener? listener)
{
    private readonly CallOrder calls = new();
    private ResponseItem? open;

    public List<ResponseItem> All { get; } = [];

    public void Add(AIContent part)
    {
        switch (part)
        {
            case TextContent { Text.Length: > 0 } text:
                Gain(Opened(ResponseItemKind.Message), text.Text);
                break;
            case TextReasoningContent thought when thought.Text.Length > 0 || thought.ProtectedData is not null:
                AddThought(thought);
                break;
            case ToolCallPiece piece:
                AddPiece(piece);
                break;
            case FunctionCallContent call:
                EndCall(call);
                break;
            case AnswerDetail { Name: AnswerDetail.Logprobs } detail when Last(ResponseItemKind.Message) is { } message:
                message.Logprobs.AddRange(detail.Value.EnumerateArray());
                break;
        }
        foreach (var citation in AnswerParts.CitationsOf(part))
            AddCitation(citation);
    }

    public void Close()
    {
        if (open is not null)
            listener?.Closed(open);
        open = null;
    }

    private void AddThought(TextReasoningContent thought)
    {
        var item = Opened(ResponseItemKind.Reasoning);
        if (thought.Text.Length > 0)
            Gain(item, thought.Text);
        if (thought.ProtectedData is null)
            return;
        item.Proof = thought.ProtectedData;
        Close();
    }

    private void AddPiece(ToolCallPiece piece)
    {
        var step = calls.Take(piece);
        if (step == CallStep.Hold)
            return;
        if (step == CallStep.Begin)
            Open(new ResponseItem(head, ResponseItemKind.Call, All.Count) { CallId = piece.CallId, Name = piece.Name });
        Gain(open!, piece.Arguments);
    }

    private void EndCall(FunctionCallContent call)
    {
        var isOpen = calls.End(call.CallId);
        if (!isOpen && calls.HasPassed(call.CallId))
            return;
        if (!isOpen)
            Open(new ResponseItem(head, ResponseItemKind.Call, All.Count) { CallId = call.CallId, Name = call.Name });
        if (open!.Text.Length == 0)
            Gain(open, AnswerParts.WordsOf(call));
        Close();
    }

    private void AddCitation(CitationAnnotation citation)
    {
        var message = Last(ResponseItemKind.Message) ?? Opened(ResponseItemKind.Message);
        message.Citations.Add(citation);
        if (message == open)
            listener?.Cited(message, citation);
    }

    private ResponseItem? Last(ResponseItemKind kind) => All.LastOrDefault(item => item.Kind == kind);

    private ResponseItem Opened(ResponseItemKind kind) => open?.Kind == kind ? open : Open(new ResponseItem(head, kind, All.Count));

    private ResponseItem Open(ResponseItem item)
    {
        Close();
        All.Add(item);
        listener?.Opened(item);
        return open = item;
    }

    private void Gain(ResponseItem item, string text)
    {
        if (text.Length == 0)
            return;
        item.Text.Append(text);
        listener?.Gained(item, text);
    }
}
