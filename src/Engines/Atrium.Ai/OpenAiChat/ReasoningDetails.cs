using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>
/// Keeps <c>reasoning_details</c>: signed or encrypted thoughts that must go back unchanged for the model to use them.
/// They become the protected data of one <see cref="TextReasoningContent"/>.
/// </summary>
internal sealed class ReasoningDetails(ProviderExchange exchange)
{
    private const int Longest = 1024 * 1024;

    /// <summary>Members that are streamed in pieces.</summary>
    private static readonly string[] Streamed = ["text", "summary", "data", "signature"];

    private readonly List<Detail> _details = [];
    private int _length;

    /// <summary>Takes the details of a piece; the readable text among them, or null.</summary>
    public string? Read(JsonElement delta)
    {
        if (Json.Array(delta, "reasoning_details") is not { } pieces)
            return null;
        string? text = null;
        foreach (var piece in pieces.EnumerateArray())
        {
            if (piece.ValueKind is not JsonValueKind.Object)
                continue;
            Keep(piece);
            text += Json.String(piece, "text") ?? Json.String(piece, "summary");
        }
        return text;
    }

    public void AddTo(IList<AIContent> contents)
    {
        if (_details.Count == 0)
            return;
        try
        {
            var whole = new JsonArray([.. _details.Select(detail => detail.Build())]);
            contents.Add(new TextReasoningContent(null) { ProtectedData = whole.ToJsonString() });
        }
        catch (Exception cause) when (cause is InvalidOperationException or ArgumentException)
        {
            throw exchange.Malformed("the reasoning of the answer is not valid", cause);
        }
    }

    private void Keep(JsonElement piece)
    {
        _length += Json.Raw(piece).Length;
        if (_length > Longest)
            throw exchange.Malformed("the reasoning of the answer is too long");
        var last = _details.LastOrDefault();
        if (last is null || !last.Continues(piece))
            _details.Add(last = new Detail(piece.Clone()));
        foreach (var name in Streamed)
            last.Append(name, Json.String(piece, name));
    }

    private sealed class Detail(JsonElement first)
    {
        private readonly Dictionary<string, StringBuilder> _texts = [];

        public bool Continues(JsonElement piece) =>
            Json.Integer(first, "index") == Json.Integer(piece, "index") && Json.String(first, "type") == Json.String(piece, "type");

        public void Append(string name, string? text)
        {
            if (text is null)
                return;
            if (!_texts.TryGetValue(name, out var whole))
                _texts[name] = whole = new StringBuilder();
            whole.Append(text);
        }

        public JsonNode Build()
        {
            var detail = JsonNode.Parse(Json.Raw(first))!.AsObject();
            foreach (var (name, text) in _texts)
                detail[name] = text.ToString();
            return detail;
        }
    }
}
