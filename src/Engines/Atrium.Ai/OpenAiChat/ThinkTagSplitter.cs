namespace Atrium.Ai.OpenAiChat;

/// <summary>Parts <c>&lt;think&gt;…&lt;/think&gt;</c> at the head of a text from the rest, however the text is cut into pieces.</summary>
internal sealed class ThinkTagSplitter
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    private State _state = State.Start;
    private string _held = "";

    public (string? Reasoning, string? Text) Split(string piece)
    {
        if (_state is State.Text)
            return (null, piece);
        var text = _held + piece;
        _held = "";
        if (_state is State.Start)
        {
            var head = text.TrimStart();
            if (head.Length < Open.Length && Open.StartsWith(head, StringComparison.Ordinal))
            {
                _held = text;
                return default;
            }
            _state = head.StartsWith(Open, StringComparison.Ordinal) ? State.Thinking : State.Text;
            if (_state is State.Text)
                return (null, text);
            text = head[Open.Length..];
        }
        return SplitThoughts(text);
    }

    /// <summary>What was held back when the text ends.</summary>
    public (string? Reasoning, string? Text) End() => _state is State.Thinking ? (_held, null) : (null, _held);

    private (string? Reasoning, string? Text) SplitThoughts(string text)
    {
        var close = text.IndexOf(Close, StringComparison.Ordinal);
        if (close >= 0)
        {
            _state = State.Text;
            return (text[..close], text[(close + Close.Length)..].TrimStart('\n'));
        }
        var safe = text.Length - PartOfClose(text);
        _held = text[safe..];
        return (text[..safe], null);
    }

    /// <summary>How many characters at the end may be the beginning of the closing tag.</summary>
    private static int PartOfClose(string text)
    {
        for (var length = Math.Min(Close.Length - 1, text.Length); length > 0; length--)
            if (text.EndsWith(Close[..length], StringComparison.Ordinal))
                return length;
        return 0;
    }

    private enum State
    {
        Start,
        Thinking,
        Text,
    }
}
