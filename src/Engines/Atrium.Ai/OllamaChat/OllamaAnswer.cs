using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OllamaChat;

/// <summary>Reads the objects of an answer; the last one says that it is and has the counts.</summary>
internal sealed class OllamaAnswer(ProviderCall call, ProviderExchange exchange) : IAnswer
{
    private readonly List<FunctionCallContent> _calls = [];
    private string? _id;
    private string? _model;
    private string? _doneReason;

    public bool IsDone { get; set; }

    public bool IsFinished => IsDone;

    public bool HasBegun { get; private set; }

    public UsageDetails? Usage { get; private set; }

    public ChatResponseUpdate? Read(JsonElement piece)
    {
        if (piece.ValueKind is not JsonValueKind.Object)
            throw exchange.Malformed("a piece of the answer is not an object");
        if (piece.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.String or JsonValueKind.Object)
            throw call.Transport.Errors.ReadInBand(piece);
        var message = Json.Object(piece, "message");
        IsDone = piece.TryGetProperty("done", out var done) && done.ValueKind is JsonValueKind.True;
        if (message is null && !IsDone)
            throw exchange.Malformed("a piece of the answer has no message");
        HasBegun = true;
        // There are no ids; the time the answer began is as good as one.
        _id ??= Json.Short(Json.String(piece, "created_at"));
        _model ??= Json.Short(Json.String(piece, "model"));
        if (IsDone)
            ReadEnd(piece);
        return message is { } said ? ReadMessage(said) : null;
    }

    public ChatResponseUpdate? ReadWhole(JsonElement answer) => Read(answer);

    public ChatResponseUpdate End()
    {
        if (!IsDone)
            throw exchange.Truncated();
        if (!HasBegun)
            throw exchange.Malformed("the stream has no answer in it");
        var update = Update();
        foreach (var use in _calls)
            update.Contents.Add(use);
        if (Usage is not null)
            update.Contents.Add(new UsageContent(Usage));
        update.FinishReason = _doneReason is "length" ? ChatFinishReason.Length
            : _calls.Count > 0 ? ChatFinishReason.ToolCalls
            : ChatFinishReason.Stop;
        return update;
    }

    private void ReadEnd(JsonElement piece)
    {
        _doneReason = Json.Short(Json.String(piece, "done_reason"));
        var input = Json.Count(piece, "prompt_eval_count");
        var output = Json.Count(piece, "eval_count");
        if (input is not null || output is not null)
            Usage = UsageCounts.Of(input, output);
    }

    private ChatResponseUpdate? ReadMessage(JsonElement message)
    {
        var update = Update();
        if (Json.String(message, "thinking") is { Length: > 0 } thought)
            update.Contents.Add(new TextReasoningContent(thought));
        if (Json.String(message, "content") is { Length: > 0 } text)
            update.Contents.Add(new TextContent(text));
        if (Json.Array(message, "tool_calls") is { } uses)
            foreach (var use in uses.EnumerateArray())
                ReadCall(use);
        return update.Contents.Count > 0 ? update : null;
    }

    private void ReadCall(JsonElement use)
    {
        if (Json.Object(use, "function") is not { } function)
            return;
        if (_calls.Count == ToolCalls.Most)
            throw exchange.Malformed("the answer has too many tool calls");
        if (Json.String(function, "name") is not { Length: > 0 } name)
            throw exchange.Malformed("a tool call has no name");
        var arguments = Json.Object(function, "arguments") is { } whole ? Json.Raw(whole) : Json.String(function, "arguments") ?? "{}";
        if (arguments.Length > ToolCalls.LongestArguments)
            throw exchange.Malformed("the arguments of a tool call are too long");
        var id = Json.String(use, "id") is { Length: > 0 } given ? given : $"call_{ToolCalls.ShortId(_id + name + arguments, 12)}_{_calls.Count}";
        _calls.Add(ToolCalls.Create(id, name, arguments));
    }

    private ChatResponseUpdate Update() => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model ?? call.Model,
    };
}
