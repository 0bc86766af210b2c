using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Puts tool calls together: one block each, its input whole at the start or in pieces of JSON text after it.</summary>
internal sealed class ToolUses(ProviderExchange exchange)
{
    private readonly List<Use> _uses = [];

    public bool Any => _uses.Count > 0;

    /// <summary>Begins a call; its parts are members of the block under the given names.</summary>
    /// <param name="pieces">Where pieces go as they come; null when nobody asked for them.</param>
    public void Start(int index, JsonElement block, string id = "id", IList<AIContent>? pieces = null)
    {
        if (_uses.Count == ToolCalls.Most)
            throw exchange.Malformed("the answer has too many tool calls");
        var use = new Use(index, Json.String(block, id) is { Length: > 0 } given ? given : $"tooluse_{_uses.Count}", Json.String(block, "name"), Json.Object(block, "input") is { } input ? Json.Raw(input) : "{}");
        _uses.Add(use);
        Tell(use, "", pieces);
    }

    public void Append(int index, string? piece, IList<AIContent>? pieces = null)
    {
        // Other blocks stream JSON, too: those of tools that run at the provider.
        if (_uses.FindLast(use => use.Index == index) is not { } use)
            return;
        if (use.Pieces.Length + (piece?.Length ?? 0) > ToolCalls.LongestArguments)
            throw exchange.Malformed("the arguments of a tool call are too long");
        use.Pieces.Append(piece);
        if (piece is { Length: > 0 })
            Tell(use, piece, pieces);
    }

    public void AddTo(IList<AIContent> contents)
    {
        foreach (var use in _uses)
        {
            if (string.IsNullOrWhiteSpace(use.Name))
                throw exchange.Malformed("a tool call has no name");
            contents.Add(ToolCalls.Create(use.Id, use.Name, use.Pieces.Length > 0 ? use.Pieces.ToString() : use.Input));
        }
    }

    private static void Tell(Use use, string piece, IList<AIContent>? pieces)
    {
        if (pieces is not null && !string.IsNullOrWhiteSpace(use.Name))
            pieces.Add(new ToolCallPiece(use.Id, use.Name, piece));
    }

    private sealed record Use(int Index, string Id, string? Name, string Input)
    {
        public StringBuilder Pieces { get; } = new();
    }
}
