using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.BedrockConverse;

/// <summary>Writes <c>system</c> and <c>messages</c>. Roles take turns, and a person speaks first.</summary>
internal sealed partial class BedrockConversation(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
{
    private readonly IReadOnlyList<ChatMessage> _messages = Conversation.Repair(call.Messages);
    private readonly BedrockBlocks _blocks = new(json, call.Provider);
    private readonly HashSet<string> _calledTools = new(StringComparer.Ordinal);
    private string? _role;

    /// <summary>Names of the tools that the conversation has calls of.</summary>
    public IReadOnlyCollection<string> CalledTools => _calledTools;

    public void Write()
    {
        var marksCache = MarksCache();
        var system = Conversation.SystemTexts(call.Options, _messages, namesShape: true).Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        var foldsSystem = refused.Contains(BedrockRefusals.System);
        if (!foldsSystem)
            WriteSystem(system, marksCache);
        json.WriteStartArray("messages");
        if (foldsSystem)
            foreach (var text in system)
                WriteTurn("user", text);
        foreach (var message in _messages.Where(message => message.Role != ChatRole.System))
            WriteMessage(message);
        if (_role is null)
            throw ProviderException.NotConfigured(call.Provider, "messages");
        if (marksCache && _role is "user")
            _blocks.WriteCachePoint();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Only the models of two makers take marks.</summary>
    private bool MarksCache()
    {
        if (refused.Contains(BedrockRefusals.CachePoint) || !(BedrockRequest.IsBy(call, "anthropic") || BedrockRequest.IsBy(call, "amazon")))
            return false;
        return call.Options.AdditionalProperties?.TryGetValue(RequestKeys.PromptCache, out var value) is true && value is bool wanted
            ? wanted
            : _messages.Any(message => message.Role == ChatRole.Assistant);
    }

    private void WriteSystem(List<string> texts, bool marksCache)
    {
        if (texts.Count == 0)
            return;
        json.WriteStartArray("system");
        foreach (var text in texts)
            _blocks.WriteText(text);
        if (marksCache)
            _blocks.WriteCachePoint();
        json.WriteEndArray();
    }

    private void WriteMessage(ChatMessage message)
    {
        if (message.Role == ChatRole.Assistant)
            WriteAnswer(message);
        else
            WriteQuestion(message);
    }

    private void WriteQuestion(ChatMessage message)
    {
        foreach (var content in message.Contents.Where(BedrockBlocks.IsWritable))
        {
            TakeTurn("user");
            if (content is FunctionResultContent result)
                _blocks.WriteResult(result, CallId(result.CallId));
            else
                _blocks.Write(content);
        }
    }

    private void WriteAnswer(ChatMessage message)
    {
        // A thought may lie in pieces, of which the last is signed.
        var thinking = "";
        foreach (var content in message.Contents)
        {
            if (content is TextReasoningContent piece)
            {
                thinking += piece.Text;
                if (piece.ProtectedData is null)
                    continue;
                WriteThought(thinking, piece.ProtectedData);
            }
            thinking = "";
            switch (content)
            {
                case TextContent text when !string.IsNullOrWhiteSpace(text.Text):
                    WriteTurn("assistant", text.Text);
                    break;
                case FunctionCallContent use:
                    TakeTurn("assistant");
                    _calledTools.Add(use.Name);
                    _blocks.WriteUse(use, CallId(use.CallId));
                    break;
            }
        }
    }

    private void WriteThought(string thinking, string protectedData)
    {
        if (refused.Contains(BedrockRefusals.PastThoughts))
            return;
        if (ThoughtSignature.Unwrap(BedrockAnswer.Redacted, protectedData) is { } hidden)
        {
            TakeTurn("assistant");
            _blocks.WriteRedactedThought(hidden);
        }
        else if (ThoughtSignature.Unwrap(BedrockAnswer.Signed, protectedData) is { } signature)
        {
            TakeTurn("assistant");
            _blocks.WriteThought(thinking, signature);
        }
    }

    private void WriteTurn(string role, string text)
    {
        TakeTurn(role);
        _blocks.WriteText(text);
    }

    private void TakeTurn(string role)
    {
        if (_role == role)
            return;
        if (_role is null && role is "assistant")
            WriteTurn("user", Conversation.Opening);
        if (_role is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }
        _role = role;
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteStartArray("content");
    }

    private static string CallId(string id) => Allowed().IsMatch(id) ? id : ToolCalls.ShortId(id, 24);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Allowed();
}
