using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Writes what the bodies of all dialects have in common.</summary>
internal static class RequestJson
{
    // The body is JSON for a server, not text inside a page: letters beyond ASCII need no escapes.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, WriterOptions))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return bytes.WrittenMemory;
    }

    /// <summary>Writes a number unless it is absent or makes no sense.</summary>
    public static void WriteNumber(this Utf8JsonWriter json, string name, float? value)
    {
        // Written by way of decimal: 0.7 must not become 0.699999988.
        if (value is { } number && float.IsFinite(number) && Math.Abs(number) < 1_000_000)
            json.WriteNumber(name, (decimal)number);
    }

    /// <summary>Writes a list of texts unless it is empty.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IList<string>? texts)
    {
        if (texts is not { Count: > 0 })
            return;
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Writes those of the caller's additional properties that the dialect lets through.</summary>
    public static void WriteAdditional(this Utf8JsonWriter json, ChatOptions options, Func<string, bool> isLetThrough)
    {
        if (options.AdditionalProperties is not { } properties)
            return;
        foreach (var (name, value) in properties.Where(property => !RequestKeys.IsOwn(property.Key) && isLetThrough(property.Key)))
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, Json.Compact.GetTypeInfo(value?.GetType() ?? typeof(object)));
        }
    }

    /// <summary>The functions a call offers.</summary>
    /// <exception cref="ProviderException"><see cref="ProviderErrorKind.Unsupported"/>: the provider calls no tools, or one is no function.</exception>
    public static IReadOnlyList<AIFunctionDeclaration> Functions(ProviderCall call)
    {
        if (call.Options.Tools is not { Count: > 0 } tools)
            return [];
        if (!call.Provider.Capabilities.Tools)
            throw ProviderException.Unsupported(call.Provider, "it does not call tools", "tools");
        return [.. tools.Select(tool => tool as AIFunctionDeclaration
            ?? throw ProviderException.Unsupported(call.Provider, $"'{tool.Name}' is not a function"))];
    }
}
