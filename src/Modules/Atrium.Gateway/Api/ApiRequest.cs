using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api;

/// <summary>What a program asks for, in the house's own terms.</summary>
internal sealed record ApiRequest
{
    private const int LongestModel = 200;

    public required string Model { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public required ChatOptions Options { get; init; }

    public bool Streams { get; init; }

    /// <summary>OpenAI's format tells the counts at the end of a stream only to those who ask.</summary>
    public bool IncludesUsage { get; init; }

    public static string ReadModel(JsonElement body) =>
        body.Required("model") is { Length: > 0 and <= LongestModel } model && !model.Any(char.IsControl) ? model : throw ApiJson.Wrong("model", "a model's name");

    /// <summary>A picture or document as programs write it: a data URL, or an address that the provider fetches itself.</summary>
    public static AIContent ReadAddress(string address, string name, string mediaType)
    {
        if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                return new DataContent(address);
            }
            catch (ArgumentException)
            {
                throw ApiJson.Wrong(name, "a valid data URL");
            }
        }
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new UriContent(uri, mediaType)
            : throw ApiJson.Wrong(name, "a data URL or an http address");
    }

    public static DataContent ReadBase64(string base64, string mediaType, string name)
    {
        try
        {
            return new DataContent(Convert.FromBase64String(base64), mediaType);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw ApiJson.Wrong(name, "base64 of a known media type");
        }
    }

    /// <summary>Arguments of a tool call as JSON text. What is no object is kept as it is, for the model to see.</summary>
    public static FunctionCallContent ReadCall(string id, string name, string arguments) =>
        FunctionCallContent.CreateFromParsedArguments(arguments.Length == 0 ? "{}" : arguments, id, name,
            text => JsonSerializer.Deserialize<Dictionary<string, object?>>(text) ?? throw new JsonException("The arguments are null."));

    public static AIFunctionDeclaration ReadTool(string name, string? description, JsonElement? schema)
    {
        if (name.Length is 0 or > 128)
            throw ApiJson.Wrong("tools", "functions with a name of at most 128 characters");
        return AIFunctionFactory.CreateDeclaration(name, description, schema ?? EmptySchema);
    }

    private static readonly JsonElement EmptySchema = JsonSerializer.SerializeToElement(new { type = "object", properties = new { } });
}
