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
    public void Start(int index, JsonElement block, string id = "id")
    {
        if (_uses.Count == ToolCalls.Most)
            throw exchange.Malformed("the answer has too many tool calls");
        _uses.Add(new Use(index, Json.String(block, id), Json.String(block, "name"), Json.Object(block, "input") is { } input ? Json.Raw(input) : "{}"));
    }

    public void Append(int index, string? piece)
    {
        // Other blocks stream JSON, too: those of tools that run at the provider.
        if (_uses.FindLast(use => use.Index == index) is not { } use)
            return;
        if (use.Pieces.Length + (piece?.Length ?? 0) > ToolCalls.LongestArguments)
            throw exchange.Malformed("the arguments of a tool call are too long");
        use.Pieces.Append(piece);
    }

    public void AddTo(IList<AIContent> contents)
    {
        for (var i = 0; i < _uses.Count; i++)
        {
            var (_, id, name, input) = _uses[i];
            if (string.IsNullOrWhiteSpace(name))
                throw exchange.Malformed("a tool call has no name");
            var pieces = _uses[i].Pieces;
            contents.Add(ToolCalls.Create(string.IsNullOrEmpty(id) ? $"tooluse_{i}" : id, name, pieces.Length > 0 ? pieces.ToString() : input));
        }
    }

    private sealed record Use(int Index, string? Id, string? Name, string Input)
    {
        public StringBuilder Pieces { get; } = new();
    }
}
