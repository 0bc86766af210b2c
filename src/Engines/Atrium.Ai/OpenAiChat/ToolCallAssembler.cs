using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>
/// Puts tool calls together from their pieces: by index; where a host gives none, by id; where it gives neither, onto the last call.
/// </summary>
internal sealed class ToolCallAssembler(ProviderExchange exchange)
{
    private readonly List<Call> _calls = [];

    /// <summary>Where pieces go as they come; null when nobody asked for them.</summary>
    public IList<AIContent>? Pieces { get; set; }

    public bool Any => _calls.Count > 0;

    public void Read(JsonElement pieces)
    {
        foreach (var piece in pieces.EnumerateArray())
            if (piece.ValueKind is JsonValueKind.Object)
                Read(piece, Json.Integer(piece, "index"));
    }

    /// <summary>Takes a call that came whole; once for each id.</summary>
    public void AddWhole(string id, string? name, string arguments)
    {
        if (_calls.Exists(call => call.Id == id))
            return;
        if (arguments.Length > ToolCalls.LongestArguments)
            throw exchange.Malformed("the arguments of a tool call are too long");
        var whole = Start(index: null);
        (whole.Id, whole.Name) = (id, name);
        whole.Arguments.Append(arguments);
    }

    /// <summary>The finished calls.</summary>
    public void AddTo(IList<AIContent> contents)
    {
        for (var i = 0; i < _calls.Count; i++)
        {
            var call = _calls[i];
            if (string.IsNullOrWhiteSpace(call.Name))
                throw exchange.Malformed("a tool call has no name");
            contents.Add(ToolCalls.Create(call.Id ?? $"call_{i}", call.Name, call.Arguments.ToString()));
        }
    }

    /// <summary>Takes one piece of a call.</summary>
    public void Read(JsonElement piece, int? index)
    {
        var id = Json.String(piece, "id") is { Length: > 0 } text ? text : null;
        var call = Find(index, id) ?? Start(index);
        call.Id ??= id;
        // Some formats have the name and the arguments beside the id.
        var function = Json.Object(piece, "function") ?? piece;
        call.Name ??= Json.String(function, "name");
        // An object instead of its text is a known slip of some hosts.
        var arguments = Json.String(function, "arguments") ?? (Json.Object(function, "arguments") is { } bare ? Json.Raw(bare) : null);
        if (call.Arguments.Length + (arguments?.Length ?? 0) > ToolCalls.LongestArguments)
            throw exchange.Malformed("the arguments of a tool call are too long");
        call.Arguments.Append(arguments);
        if (Pieces is not null)
            Tell(call, Pieces);
    }

    /// <summary>A call is told of once its id and name are there; some hosts send the beginning in several pieces.</summary>
    private static void Tell(Call call, IList<AIContent> pieces)
    {
        if (call.Id is not { } id || string.IsNullOrWhiteSpace(call.Name) || (call.IsTold && call.Told == call.Arguments.Length))
            return;
        pieces.Add(new ToolCallPiece(id, call.Name, call.Arguments.ToString(call.Told, call.Arguments.Length - call.Told)));
        (call.IsTold, call.Told) = (true, call.Arguments.Length);
    }

    private Call? Find(int? index, string? id)
    {
        // Hosts that number every call 0 still give each its own id.
        if (index is not null)
            return _calls.Find(call => call.Index == index && (id is null || call.Id is null || call.Id == id));
        return id is null ? _calls.LastOrDefault() : _calls.Find(call => call.Id == id);
    }

    private Call Start(int? index)
    {
        if (_calls.Count == ToolCalls.Most)
            throw exchange.Malformed("the answer has too many tool calls");
        var call = new Call { Index = index };
        _calls.Add(call);
        return call;
    }

    private sealed class Call
    {
        public int? Index { get; init; }

        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();

        public bool IsTold { get; set; }

        public int Told { get; set; }
    }
}
