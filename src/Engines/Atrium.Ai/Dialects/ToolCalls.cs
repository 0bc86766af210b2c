using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Tool calls as all dialects have them.</summary>
internal static class ToolCalls
{
    public const int Most = 128;
    public const int LongestArguments = 1024 * 1024;

    /// <summary>A finished call. Arguments that are not a JSON object leave the exception in the call, for the model to see.</summary>
    public static FunctionCallContent Create(string id, string name, string arguments)
    {
        var text = string.IsNullOrWhiteSpace(arguments) ? "{}" : arguments;
        var call = FunctionCallContent.CreateFromParsedArguments(text, id, name, Parse);
        call.RawRepresentation = text;
        return call;
    }

    /// <summary>The arguments as the text of a JSON object, to send a call back.</summary>
    public static string Arguments(FunctionCallContent call) =>
        call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, Json.Compact) : "{}";

    /// <summary>The arguments as the model wrote them, which need not be JSON.</summary>
    public static string Text(FunctionCallContent call) => call.RawRepresentation as string ?? Arguments(call);

    /// <summary>An id of letters and digits for one made by another provider, the same each time.</summary>
    public static string ShortId(string id, int length) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..length];

    private static Dictionary<string, object?> Parse(string arguments) =>
        JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments, Json.Compact)
        ?? throw new JsonException("The arguments are null.");
}
