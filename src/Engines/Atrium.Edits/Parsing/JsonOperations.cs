using System.Text.Json;

namespace Atrium.Edits.Parsing;

/// <summary>Turns JSON objects of the known tool families into operations. A wrong structure is a <see cref="JsonException"/> that says what is wrong.</summary>
internal static class JsonOperations
{
    private static readonly string[] PathNames = ["path", "file_path", "filePath", "file", "filename", "target_file", "relative_path", "relativePath"];
    private static readonly string[] OldNames = ["old_str", "old_string", "oldText", "old_text", "oldString", "old", "search", "find", "old_content", "search_text"];
    private static readonly string[] NewNames = ["new_str", "new_string", "newText", "new_text", "newString", "new", "replace", "replacement", "new_content", "replace_text"];
    private static readonly string[] ListNames = ["edits", "operations", "changes", "replacements", "edit"];
    private static readonly string[] WrapperNames = ["input", "arguments", "args", "parameters", "function", "tool_calls", "tool_uses", "functionCall", "functionCalls"];
    private static readonly string[] ContentNames = ["content", "file_text", "contents", "code_edit", "text"];

    public static bool IsPath(string? property) => PathNames.Contains(property, StringComparer.Ordinal);

    public static bool IsList(string? property) => ListNames.Contains(property, StringComparer.Ordinal);

    public static IEnumerable<EditOperation> Read(JsonElement element, string? inheritedPath)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return [.. element.EnumerateArray().SelectMany(item => Read(item, inheritedPath))];
        if (element.ValueKind != JsonValueKind.Object)
            throw new JsonException("an operation must be an object.");
        if (Unwrap(element) is { } inner)
            return Read(inner, inheritedPath);
        var path = Text(element, PathNames) ?? inheritedPath;
        if (List(element) is { } list)
            return [.. list.EnumerateArray().SelectMany(item => Read(item, path))];
        return [ReadOne(element, path) with { Path = path, BaseHash = Text(element, "base_hash", "baseHash") }];
    }

    private static EditOperation ReadOne(JsonElement element, string? path)
    {
        var kind = Text(element, "op", "command", "type", "operation", "action", "kind") ?? "";
        return kind.ToLowerInvariant() switch
        {
            "create" or "create_file" => new WriteFile { Content = Required(element, "content", ContentNames) },
            "write" or "write_file" or "overwrite" or "whole" => new WriteFile { Content = Required(element, "content", ContentNames), Overwrite = true },
            "delete_file" or "remove_file" => new DeleteFile(),
            "delete" or "remove" when Text(element, OldNames) is null && path is not null => new DeleteFile(),
            "delete" or "remove" or "delete_text" => new DeleteText { Old = Required(element, "old", OldNames), All = Flag(element), WholeLines = Lines(element), Hint = Hint(element) },
            "move" or "rename" or "move_file" => new MoveFile { NewPath = Required(element, "new_path", "new_path", "newPath", "to", "destination") },
            "insert_before" or "insertbefore" => Insert(element, InsertPosition.Before),
            "insert_after" or "insertafter" => Insert(element, InsertPosition.After),
            "insert" => InsertAt(element),
            "view" or "undo_edit" => throw new JsonException($"{kind} is not an edit."),
            _ => ReadByShape(element),
        };
    }

    private static EditOperation ReadByShape(JsonElement element)
    {
        if (Text(element, OldNames) is { } old)
        {
            return new ReplaceText
            {
                Old = old,
                New = Required(element, "new_str", NewNames),
                All = Flag(element) || Number(element, "expected_replacements", "expectedReplacements") > 1,
                ExpectedCount = Number(element, "expected_replacements", "expectedReplacements"),
                WholeLines = Lines(element),
                Hint = Hint(element),
            };
        }

        if (Number(element, "insert_line", "insertLine") is not null || Text(element, "anchor") is not null)
            return InsertAt(element);
        if (Text(element, ContentNames) is { } content)
            return new WriteFile { Content = content, Overwrite = true };
        throw new JsonException("the old text (\"old_str\") is missing, or is not a string.");
    }

    private static EditOperation InsertAt(JsonElement element)
    {
        if (Number(element, "insert_line", "insertLine", "line") is { } line)
            return new InsertLines { AfterLine = line, Text = Required(element, "new_str", [.. NewNames, "insert_text", .. ContentNames]) };
        return Insert(element, Text(element, "position", "where")?.Equals("before", StringComparison.OrdinalIgnoreCase) == true ? InsertPosition.Before : InsertPosition.After);
    }

    private static InsertText Insert(JsonElement element, InsertPosition position) => new()
    {
        Anchor = Required(element, "anchor", ["anchor", .. OldNames]),
        Text = Required(element, "text", ["text", "insert_text", .. NewNames, .. ContentNames]),
        Position = position,
        Hint = Hint(element),
    };

    private static EditHint? Hint(JsonElement element)
    {
        var line = Number(element, "start_line", "startLine", "line", "line_number");
        var scope = Text(element, "scope", "symbol");
        return line is null && scope is null ? null : new EditHint { Line = line, Scopes = scope is null ? [] : [scope] };
    }

    private static bool Flag(JsonElement element)
    {
        foreach (var name in (ReadOnlySpan<string>)["replace_all", "replaceAll", "all", "allow_multiple"])
        {
            if (!element.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False)
                continue;
            if (value.ValueKind == JsonValueKind.True)
                return true;
            if (value.ValueKind != JsonValueKind.String || !bool.TryParse(value.GetString(), out var flag))
                throw new JsonException($"\"{name}\" must be true or false.");
            return flag;
        }

        return false;
    }

    private static bool Lines(JsonElement element) =>
        element.TryGetProperty("whole_lines", out var value) && value.ValueKind == JsonValueKind.True;

    private static int? Number(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                continue;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
                return number;
            if (value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), out number))
                return number;
            throw new JsonException($"\"{name}\" must be a whole number.");
        }

        return null;
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString();
        }

        return null;
    }

    private static string Required(JsonElement element, string shown, params ReadOnlySpan<string> names) =>
        Text(element, names) ?? throw new JsonException($"\"{shown}\" is missing, or is not a string.");

    private static JsonElement? List(JsonElement element)
    {
        foreach (var name in ListNames)
        {
            if (element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array)
                return value.Clone();
        }

        return null;
    }

    /// <summary>The call's arguments inside a provider's call object; they may be JSON in a string.</summary>
    private static JsonElement? Unwrap(JsonElement element)
    {
        if (Text(element, PathNames) is not null || Text(element, OldNames) is not null)
            return null;
        foreach (var name in WrapperNames)
        {
            if (!element.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                return value;
            if (value.ValueKind != JsonValueKind.String)
                continue;
            using var document = JsonDocument.Parse(value.GetString()!);
            return document.RootElement.Clone();
        }

        return null;
    }
}
