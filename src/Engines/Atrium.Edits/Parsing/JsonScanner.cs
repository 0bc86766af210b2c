using System.Text;

namespace Atrium.Edits.Parsing;

/// <summary>
/// Follows the structure of JSON as it arrives, and reports each value as soon as it is complete: those at the top,
/// the elements of a top-level array, and the elements of arrays directly inside a top-level object.
/// </summary>
internal sealed class JsonScanner(Action<JsonPart> onPart)
{
    private readonly StringBuilder buffer = new();
    private readonly Stack<char> open = new();
    private readonly Stack<int> starts = new();
    private string? property;
    private int stringStart;
    private bool inString;
    private bool escaped;

    /// <summary>True between the first and the last bracket of a value.</summary>
    public bool IsOpen => open.Count > 0;

    public void Read(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (open.Count == 0 && character is not ('{' or '['))
                continue;
            Append(character);
        }
    }

    private void Append(char character)
    {
        var at = buffer.Length;
        // Raw line breaks and tabs inside strings are not JSON, yet what they mean is beyond doubt.
        if (inString && character is '\n' or '\r' or '\t' && inString)
        {
            buffer.Append(character switch { '\n' => "\\n", '\r' => "\\r", _ => "\\t" });
            escaped = false;
            return;
        }

        buffer.Append(character);
        if (inString)
            ReadInString(character, at);
        else
            ReadStructure(character, at);
    }

    private void ReadInString(char character, int at)
    {
        if (escaped)
            escaped = false;
        else if (character == '\\')
            escaped = true;
        else if (character == '"')
        {
            inString = false;
            if (open.Count == 1 && property is null)
                property = buffer.ToString(stringStart + 1, at - stringStart - 1);
            else if (open.Count == 1 && property is not null)
                onPart(new JsonPart(JsonPartKind.Text, property, buffer.ToString(stringStart, at - stringStart + 1)));
        }
    }

    private void ReadStructure(char character, int at)
    {
        switch (character)
        {
            case '"':
                (inString, stringStart) = (true, at);
                break;
            case '{' or '[':
                open.Push(character);
                starts.Push(at);
                break;
            case '}' or ']':
                Close(at);
                break;
            case ',' when open.Count == 1:
                property = null;
                break;
        }
    }

    private void Close(int at)
    {
        open.Pop();
        var start = starts.Pop();
        var inArray = open.Count > 0 && open.Peek() == '[';
        if (open.Count == 0)
        {
            onPart(new JsonPart(JsonPartKind.Top, null, buffer.ToString(start, at - start + 1)));
            buffer.Clear();
            property = null;
        }
        else if (inArray && open.Count <= 2)
            onPart(new JsonPart(open.Count == 1 ? JsonPartKind.TopElement : JsonPartKind.Element, property, buffer.ToString(start, at - start + 1)));
    }
}

/// <summary>Where in the structure a complete part stands.</summary>
internal enum JsonPartKind
{
    /// <summary>A whole value.</summary>
    Top,

    /// <summary>An element of a top-level array.</summary>
    TopElement,

    /// <summary>An element of an array inside a top-level object.</summary>
    Element,

    /// <summary>A string property of a top-level object.</summary>
    Text,
}

/// <summary>A complete part of JSON.</summary>
internal readonly record struct JsonPart(JsonPartKind Kind, string? Property, string Json);
