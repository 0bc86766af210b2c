using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.Api;

/// <summary>Reads what programs send: absent and null are the same, a wrong type is named.</summary>
internal static class ApiJson
{
    // Schemas of tools nest deeper than anything of our own.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <exception cref="JsonException">No JSON.</exception>
    /// <exception cref="ApiException">JSON, but no object.</exception>
    public static async Task<JsonDocument> ReadBodyAsync(HttpContext context) =>
        CheckObject(await JsonDocument.ParseAsync(context.Request.Body, Options, context.RequestAborted));

    /// <inheritdoc cref="ReadBodyAsync"/>
    public static JsonDocument Read(ReadOnlyMemory<byte> body) => CheckObject(JsonDocument.Parse(body, Options));

    private static JsonDocument CheckObject(JsonDocument document)
    {
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw ApiException.Invalid("body", "The body must be a JSON object.");
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static string? Text(this JsonElement element, string name) => element.Member(name) is { } member
        ? member.ValueKind == JsonValueKind.String ? TextOf(member, name) : throw Wrong(name, "a string")
        : null;

    public static string Required(this JsonElement element, string name) =>
        element.Text(name) ?? throw ApiException.Invalid(name, $"'{name}' is missing.");

    public static bool? Switch(this JsonElement element, string name) => element.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true or false"),
    };

    public static float? Number(this JsonElement element, string name) => element.Member(name) is { } member
        ? member.ValueKind == JsonValueKind.Number && member.TryGetSingle(out var number) && float.IsFinite(number) ? number : throw Wrong(name, "a number")
        : null;

    public static int? Count(this JsonElement element, string name) => element.Member(name) is { } member
        ? member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) && number > 0 ? number : throw Wrong(name, "a whole number above 0")
        : null;

    public static JsonElement? Object(this JsonElement element, string name) => element.Member(name) is { } member
        ? member.ValueKind == JsonValueKind.Object ? member : throw Wrong(name, "an object")
        : null;

    public static IEnumerable<JsonElement> Array(this JsonElement element, string name) => element.Member(name) is { } member
        ? member.ValueKind == JsonValueKind.Array ? member.EnumerateArray() : throw Wrong(name, "an array")
        : [];

    /// <summary>The text of an element that is one.</summary>
    public static string Words(this JsonElement element, string name) => TextOf(element, name);

    public static bool Is(this JsonElement element, JsonValueKind kind) => element.ValueKind == kind;

    public static ApiException Wrong(string name, string what) => ApiException.Invalid(name, $"'{name}' must be {what}.");

    private static string TextOf(JsonElement member, string name)
    {
        try
        {
            return member.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "text without broken letters");
        }
    }
}
