using System.Text.Json;

namespace Atrium.Edits.Parsing;

/// <summary>JSON tool calls, one or many, bare, fenced or wrapped in a provider's call object.</summary>
internal sealed class JsonReader : IOperationReader
{
    private const string Shape = "An operation is an object such as {\"path\": ..., \"old_str\": ..., \"new_str\": ...}; several stand in an array or in \"edits\" beside one \"path\".";

    private readonly ReadingSink sink;
    private readonly JsonScanner scanner;
    private string? path;
    private int early;
    private bool isArray;

    public JsonReader(ReadingSink sink)
    {
        this.sink = sink;
        scanner = new JsonScanner(Read);
    }

    public void Read(ReadOnlySpan<char> text) => scanner.Read(text);

    public void Complete()
    {
        if (scanner.IsOpen)
            sink.Malformed(path, "the JSON is not closed; the answer was probably cut off.", Shape);
        else if (sink.Operations.Count == 0 && sink.Problems.Count == 0)
            sink.Malformed(null, "there is no edit operation in JSON.", Shape);
    }

    private void Read(JsonPart part)
    {
        switch (part.Kind)
        {
            case JsonPartKind.Text:
                if (JsonOperations.IsPath(part.Property))
                    path = ReadText(part.Json);
                break;
            case JsonPartKind.TopElement:
                isArray = true;
                Interpret(part.Json, null, 0);
                break;
            case JsonPartKind.Element:
                // Without the path the element waits for the end of the object.
                if (!isArray && path is not null && JsonOperations.IsList(part.Property))
                {
                    Interpret(part.Json, path, 0);
                    early++;
                }

                break;
            default:
                if (!isArray && IsJson(part.Json))
                    Interpret(part.Json, null, early);
                (path, early, isArray) = (null, 0, false);
                break;
        }
    }

    /// <summary>Braces also stand in prose; JSON shows by the quote or bracket behind its first one.</summary>
    private static bool IsJson(string text) => text.AsSpan(1).TrimStart() is ['"' or '{' or '[' or '}' or ']', ..];

    private static string? ReadText(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetString();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // The object as a whole will be refused for the same reason.
            return null;
        }
    }

    private void Interpret(string json, string? inheritedPath, int skip)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 });
            sink.Operations.AddRange(JsonOperations.Read(document.RootElement, inheritedPath).Skip(skip));
        }
        catch (JsonException error)
        {
            sink.Malformed(inheritedPath ?? path, error.Path is null && error.LineNumber is null ? error.Message : "it is not valid JSON.", Shape);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, escaped or bare, is no text.
            sink.Malformed(inheritedPath ?? path, "a string is not valid Unicode.", Shape);
        }
    }
}
