using System.Text.Json;

namespace Atrium.Testing.Fuzz;

/// <summary>A place of a request that can be spoiled.</summary>
/// <param name="Name">As the API names it in an error.</param>
/// <param name="Schema">Its JSON Schema, references followed.</param>
public sealed record ApiField(string Name, JsonElement Schema, bool IsRequired)
{
    /// <summary>JSON types it accepts; empty when the document does not say.</summary>
    public IReadOnlySet<string> Types { get; } = TypesOf(Schema);

    public int? MaximumLength => Schema.TryGetProperty("maxLength", out var length) ? length.GetInt32() : null;

    private static HashSet<string> TypesOf(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out _))
            return ["string"];
        if (schema.TryGetProperty("oneOf", out var choices))
            return choices.EnumerateArray().Any(choice => choice.TryGetProperty("$ref", out _)) ? [] : [.. choices.EnumerateArray().SelectMany(TypesOf)];
        if (!schema.TryGetProperty("type", out var type))
            return [];
        return type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(name => name.GetString()!)] : [type.GetString()!];
    }
}

/// <summary>An operation of an OpenAPI 3.1 document, with what its requests are made of.</summary>
public sealed record ApiOperation(HttpMethod Method, string Path, IReadOnlyList<ApiField> PathFields, IReadOnlyList<ApiField> QueryFields, IReadOnlyList<ApiField> BodyFields, string? BodyType, bool IsBodyRequired)
{
    public override string ToString() => $"{Method} {Path}";

    public static IReadOnlyList<ApiOperation> ReadAll(JsonElement document) =>
        [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => Read(document, path.Name, method.Name, method.Value)))];

    private static ApiOperation Read(JsonElement document, string path, string method, JsonElement operation)
    {
        var parameters = operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray().ToList() : [];
        IReadOnlyList<ApiField> In(string place) =>
        [
            .. parameters.Where(parameter => parameter.GetProperty("in").GetString() == place)
                .Select(parameter => new ApiField(parameter.GetProperty("name").GetString()!, Follow(document, parameter.GetProperty("schema")), IsTrue(parameter, "required"))),
        ];
        string? bodyType = null;
        var fields = new List<ApiField>();
        var isRequired = false;
        if (operation.TryGetProperty("requestBody", out var body))
        {
            isRequired = IsTrue(body, "required");
            var content = body.GetProperty("content").EnumerateObject().First();
            bodyType = content.Name;
            var schema = Follow(document, content.Value.GetProperty("schema"));
            var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
            if (schema.TryGetProperty("properties", out var properties))
                fields.AddRange(properties.EnumerateObject().Select(property => new ApiField(property.Name, Follow(document, property.Value), required.Contains(property.Name))));
        }
        return new ApiOperation(new HttpMethod(method.ToUpperInvariant()), path, In("path"), In("query"), fields, bodyType, isRequired);
    }

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static JsonElement Follow(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("oneOf", out var choices) && choices.EnumerateArray().FirstOrDefault(choice => choice.TryGetProperty("$ref", out _)) is { ValueKind: JsonValueKind.Object } reference
            && choices.GetArrayLength() == 1)
            return Follow(document, reference);
        return schema.TryGetProperty("$ref", out var name) ? Follow(document, document.GetProperty("components").GetProperty("schemas").GetProperty(name.GetString()!.Split('/')[^1])) : schema;
    }
}
