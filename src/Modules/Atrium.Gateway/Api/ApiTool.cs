using System.Text.Json;
using Atrium.Ai;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api;

/// <summary>A tool that a program offers and runs itself.</summary>
internal sealed class ApiTool(string name, string? description, JsonElement schema, IReadOnlyDictionary<string, object?> properties) : AIFunctionDeclaration
{
    private const int LongestName = 128;

    private static readonly JsonElement EmptySchema = JsonSerializer.SerializeToElement(new { type = "object", properties = new { } });

    public override string Name => name;

    public override string Description => description ?? "";

    public override JsonElement JsonSchema => schema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => properties;

    /// <param name="tool">The object that has the marks of the tool; its name and schema are called differently in each format.</param>
    public static ApiTool Read(JsonElement tool, string? description, JsonElement? schema)
    {
        var name = tool.Required("name");
        if (name.Length is 0 or > LongestName)
            throw ApiJson.Wrong("tools", $"functions with a name of at most {LongestName} characters");
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (tool.Switch("strict") is { } strict)
            properties[RequestKeys.Strict] = strict;
        if (tool.Object("cache_control") is { } mark)
            properties[RequestKeys.CacheControl] = mark;
        return new ApiTool(name, description, schema ?? EmptySchema, properties);
    }
}
