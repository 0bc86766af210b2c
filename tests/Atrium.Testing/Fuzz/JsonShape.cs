using System.Text.Json;

namespace Atrium.Testing.Fuzz;

/// <summary>Compares a JSON value with the part of JSON Schema that this house's OpenAPI document uses: types, required and known properties, items, enums, alternatives.</summary>
public static class JsonShape
{
    /// <returns>Null when the value has the shape; else where it has not.</returns>
    public static string? Fault(JsonElement value, JsonElement schema, JsonElement document, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Fault(value, document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), document, at);
        foreach (var word in new[] { "oneOf", "anyOf" })
        {
            if (schema.TryGetProperty(word, out var choices))
                return choices.EnumerateArray().Any(choice => Fault(value, choice, document, at) is null) ? null : $"{at} is none of its alternatives";
        }
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)))
            return $"{at} is not one of its values";
        if (schema.TryGetProperty("type", out var type) && !TypesOf(type).Any(name => IsOf(value, name)))
            return $"{at} is {value.ValueKind} and not {type}";
        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectFault(value, schema, document, at),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().Select((item, index) => Fault(item, items, document, $"{at}[{index}]")).FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    private static string? ObjectFault(JsonElement value, JsonElement schema, JsonElement document, string at)
    {
        if (!schema.TryGetProperty("properties", out var properties))
            return null;
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(item => item.GetString()!))
            {
                // A null is left out of answers, so a required property that may be null may be absent.
                if (!value.TryGetProperty(name, out _) && Fault(JsonSerializer.SerializeToElement<object?>(null), properties.GetProperty(name), document, at) is not null)
                    return $"{at}.{name} is missing";
            }
        }
        foreach (var property in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(property.Name, out var known))
                return schema.TryGetProperty("additionalProperties", out _) ? null : $"{at}.{property.Name} is not in the document";
            if (Fault(property.Value, known, document, $"{at}.{property.Name}") is { } fault)
                return fault;
        }
        return null;
    }

    private static IEnumerable<string> TypesOf(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };
}
