using System.Text.Json;
using Atrium.Ai;
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

    /// <summary>OpenAI's newer format gives a provider's proof on its thoughts only to those who ask.</summary>
    public bool IncludesProofs { get; init; }

    /// <summary>OpenAI's format tells the counts at the end of a stream only to those who ask.</summary>
    public bool IncludesUsage { get; init; }

    public static string ReadModel(JsonElement body) =>
        body.Required("model") is { Length: > 0 and <= LongestModel } model && !model.Any(char.IsControl) ? model : throw ApiJson.Wrong("model", "a model's name");

    /// <summary>A picture or document as programs write it: a data URL, or an address that the provider fetches itself.</summary>
    /// <param name="detail">How closely to look at a picture; null when the program did not say.</param>
    public static AIContent ReadAddress(string address, string name, string mediaType, string? detail = null)
    {
        var content = ReadAddress(address, name, mediaType);
        if (detail is not null)
            content.AdditionalProperties = new AdditionalPropertiesDictionary { [RequestKeys.Detail] = detail };
        return content;
    }

    private static AIContent ReadAddress(string address, string name, string mediaType)
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
    public static FunctionCallContent ReadCall(string id, string name, string arguments)
    {
        var call = FunctionCallContent.CreateFromParsedArguments(arguments.Length == 0 ? "{}" : arguments, id, name,
            text => JsonSerializer.Deserialize<Dictionary<string, object?>>(text) ?? throw new JsonException("The arguments are null."));
        call.RawRepresentation = arguments.Length == 0 ? "{}" : arguments;
        return call;
    }
}
