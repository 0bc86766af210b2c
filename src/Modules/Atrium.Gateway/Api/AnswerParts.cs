using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api;

/// <summary>Parts of an answer as the formats need them.</summary>
internal static class AnswerParts
{
    private const string Signed = "anthropic:";
    private const string Redacted = "anthropic-redacted:";

    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ArgumentsOf(FunctionCallContent call) => call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, Compact) : "{}";

    /// <returns>Anthropic's proof on a thought; null when there is none or it is another provider's.</returns>
    public static string? SignatureOf(TextReasoningContent thought) => After(Signed, thought.ProtectedData);

    /// <returns>A thought that Anthropic has encrypted as a whole; null when it is not.</returns>
    public static string? RedactedOf(TextReasoningContent thought) => After(Redacted, thought.ProtectedData);

    public static TextReasoningContent Thought(string text, string? signature) => new(text) { ProtectedData = signature is null ? null : Signed + signature };

    public static TextReasoningContent RedactedThought(string data) => new(null) { ProtectedData = Redacted + data };

    private static string? After(string beginning, string? text) => text?.StartsWith(beginning, StringComparison.Ordinal) is true ? text[beginning.Length..] : null;
}
