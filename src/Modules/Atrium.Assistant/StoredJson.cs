using System.Text.Encodings.Web;
using System.Text.Json;
using Atrium.Platform.Http;

namespace Atrium.Assistant;

/// <summary>JSON in columns and event streams: as everywhere in the house, but letters stay letters, which is shorter for most languages.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    public static string? Write<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value, Options);

    public static T? Read<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonDefaults.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
