using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Reads additional properties of contents, tools and options.</summary>
internal static class Extras
{
    public static string? Word(AdditionalPropertiesDictionary? properties, string name) =>
        properties?.TryGetValue(name, out var value) is true
            ? value as string ?? (value is JsonElement { ValueKind: JsonValueKind.String } text ? Json.Text(text) : null)
            : null;

    public static string? Word(this AIContent content, string name) => Word(content.AdditionalProperties, name);

    public static JsonElement? Object(AdditionalPropertiesDictionary? properties, string name) =>
        properties?.TryGetValue(name, out var value) is true && value is JsonElement { ValueKind: JsonValueKind.Object } element ? element : null;

    /// <summary>Whether a tool's caller said how strictly its schema is meant; null when not.</summary>
    public static bool? Strict(AITool tool) => tool.AdditionalProperties.TryGetValue(RequestKeys.Strict, out var value) && value is bool strict ? strict : null;

    /// <summary>Anthropic's mark on a tool; null when there is none.</summary>
    public static JsonElement? CacheControl(AITool tool) =>
        tool.AdditionalProperties.TryGetValue(RequestKeys.CacheControl, out var value) && value is JsonElement { ValueKind: JsonValueKind.Object } mark ? mark : null;

    public static bool Asks(ChatOptions options, string name) => options.AdditionalProperties?.TryGetValue(name, out var value) is true && value is true;
}
