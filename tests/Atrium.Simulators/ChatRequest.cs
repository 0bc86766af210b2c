using System.Text.Json;

namespace Atrium.Simulators;

/// <summary>What a chat request asks for, whatever its wire. Each wire checks it as strictly as the real service does.</summary>
internal sealed record ChatRequest
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public required int InputTokens { get; init; }

    public required int Images { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public int? MaxTokens { get; init; }

    public bool HasToolResult { get; init; }

    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>True when the request has the second of the forms its wire knows.</summary>
    public bool IsOtherForm { get; init; }

    /// <summary>Refuses names no wire takes.</summary>
    public static string CheckedToolName(string? name, string field)
    {
        if (name is not { Length: > 0 and <= 64 } || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            throw new RefusedRequestException($"Invalid '{field}': string does not match pattern.", field, "invalid_value");
        return name;
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static bool Flag(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    public static int? Number(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>The items of a list; none when it is absent.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : [];
}

/// <summary>The request is one the real service refuses.</summary>
internal sealed class RefusedRequestException(string message, string? about = null, string? code = null, int status = 400) : Exception(message)
{
    public string? Field => about;

    public string? Code => code;

    public int Status => status;
}
