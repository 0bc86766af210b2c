using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.AnthropicMessages;

/// <summary>
/// Writes <c>system</c> and <c>messages</c>. Roles take turns, a person speaks first, and results of tools stand first in a person's turn.
/// </summary>
internal sealed partial class AnthropicConversation(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
{
    private readonly IReadOnlyList<ChatMessage> _messages = Conversation.Repair(call.Messages);
    private readonly AnthropicBlocks _blocks = new(json, call.Provider);
    private string? _role;

    private ChatMessage? Last => _messages.LastOrDefault(message => message.Role != ChatRole.System);

    public void Write()
    {
        var marksCache = MarksCache();
        WriteSystem(marksCache);
        _blocks.Marked = marksCache ? LastMarkable() : null;
        json.WriteStartArray("messages");
        foreach (var message in _messages.Where(message => message.Role != ChatRole.System))
            WriteMessage(message);
        if (_role is null)
            throw ProviderException.NotConfigured(call.Provider, "messages");
        if (_role is "assistant" && refused.Contains(AnthropicRefusals.Prefill))
        {
            TakeTurn("user");
            _blocks.WriteText("Continue.");
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Marks of the caller's own stand where the caller wants them.</summary>
    private bool MarksCache() => !HasOwnMarks() && MarksByItself();

    private bool HasOwnMarks() =>
        _messages.Any(message => message.Contents.Any(content => content.AdditionalProperties?.ContainsKey(RequestKeys.CacheControl) is true))
        || (call.Options.Tools?.Any(tool => Extras.CacheControl(tool) is not null) ?? false);

    private bool MarksByItself() =>
        call.Options.AdditionalProperties?.TryGetValue(RequestKeys.PromptCache, out var value) is true && value is bool wanted
            ? wanted
            : _messages.Any(message => message.Role == ChatRole.Assistant);

    /// <summary>The end of the last turn of a person: everything before it is the same in the next call.</summary>
    private AIContent? LastMarkable() =>
        Last is { } last && last.Role != ChatRole.Assistant ? last.Contents.LastOrDefault(AnthropicBlocks.IsWritable) : null;

    private void WriteSystem(bool marksCache)
    {
        var texts = Conversation.SystemTexts(call.Options, _messages, AnthropicRequest.Schema(call, refused) is null).ToList();
        var last = texts.FindLastIndex(text => !string.IsNullOrWhiteSpace(text));
        if (last < 0)
            return;
        // The instructions come before them, and a shape told in words after them.
        var before = call.Options.Instructions is null ? 0 : 1;
        var contents = _messages.Where(message => message.Role == ChatRole.System).Select(message => message.Contents.LastOrDefault()).ToList();
        json.WriteStartArray("system");
        for (var i = 0; i <= last; i++)
        {
            if (!string.IsNullOrWhiteSpace(texts[i]))
                _blocks.WriteText(texts[i], marksCache && i == last, i >= before && i - before < contents.Count ? contents[i - before] : null);
        }
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
        foreach (var content in message.Contents.Where(AnthropicBlocks.IsWritable))
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
        var isLast = ReferenceEquals(message, Last);
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
                    TakeTurn("assistant");
                    // An answer to go on from must not end in white space.
                    _blocks.WriteText(isLast && ReferenceEquals(text, message.Contents[^1]) ? text.Text.TrimEnd() : text.Text, content: text);
                    break;
                case FunctionCallContent use:
                    TakeTurn("assistant");
                    _blocks.WriteUse(use, CallId(use.CallId));
                    break;
            }
        }
    }

    private void WriteThought(string thinking, string protectedData)
    {
        if (refused.Contains(AnthropicRefusals.PastThoughts))
            return;
        if (ThoughtSignature.Unwrap(AnthropicAnswer.Redacted, protectedData) is { } data)
        {
            TakeTurn("assistant");
            _blocks.WriteRedactedThinking(data);
        }
        else if (ThoughtSignature.Unwrap(AnthropicAnswer.Signed, protectedData) is { } signature)
        {
            TakeTurn("assistant");
            _blocks.WriteThinking(thinking, signature);
        }
    }

    private void TakeTurn(string role)
    {
        if (_role == role)
            return;
        if (_role is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }
        var isMissingOpening = _role is null && role is "assistant";
        _role = role;
        json.WriteStartObject();
        json.WriteString("role", isMissingOpening ? "user" : role);
        json.WriteStartArray("content");
        if (!isMissingOpening)
            return;
        _blocks.WriteText(Conversation.Opening);
        _role = "user";
        TakeTurn(role);
    }

    private static string CallId(string id) => Allowed().IsMatch(id) ? id : ToolCalls.ShortId(id, 24);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,128}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Allowed();
}
