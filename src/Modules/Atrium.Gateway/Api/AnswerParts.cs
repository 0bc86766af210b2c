using System.Text.Encodings.Web;
using System.Text.Json;
using Atrium.Ai;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api;

/// <summary>Parts of an answer as the formats need them.</summary>
internal static class AnswerParts
{
    private const string Signed = "anthropic:";
    private const string Redacted = "anthropic-redacted:";
    private const string OtherRedacted = "bedrock-redacted:";

    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The arguments as the text of a JSON object.</returns>
    public static string ArgumentsOf(FunctionCallContent call) => call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, Compact) : "{}";

    /// <returns>The arguments as the model wrote them, which need not be JSON.</returns>
    public static string WordsOf(FunctionCallContent call) => call.RawRepresentation as string ?? ArgumentsOf(call);

    /// <returns>
    /// A provider's proof on a thought, null when there is none. Anthropic's as it is; those of others with the name of their format before it, so that they
    /// find the way back to where they came from.
    /// </returns>
    public static string? SignatureOf(TextReasoningContent thought) => thought.ProtectedData is not { Length: > 0 } data || RedactedOf(thought) is not null ? null : After(Signed, data) ?? data;

    /// <returns>A thought that a provider has encrypted as a whole; null when it is not.</returns>
    public static string? RedactedOf(TextReasoningContent thought) =>
        After(Redacted, thought.ProtectedData) ?? (thought.ProtectedData?.StartsWith(OtherRedacted, StringComparison.Ordinal) is true ? thought.ProtectedData : null);

    public static TextReasoningContent Thought(string text, string? signature) => new(text) { ProtectedData = signature is not { Length: > 0 } ? null : IsMarked(signature) ? signature : Signed + signature };

    public static TextReasoningContent RedactedThought(string data) => new(null) { ProtectedData = data.StartsWith(OtherRedacted, StringComparison.Ordinal) ? data : Redacted + data };

    public static IEnumerable<CitationAnnotation> CitationsOf(AIContent part) => part.Annotations?.OfType<CitationAnnotation>().Where(citation => citation.Url is not null) ?? [];

    /// <summary>The tokens with their probabilities; none when nobody asked.</summary>
    public static List<JsonElement> LogprobsOf(IEnumerable<AIContent> parts) =>
        [.. parts.OfType<AnswerDetail>().Where(detail => detail.Name == AnswerDetail.Logprobs).SelectMany(detail => detail.Value.EnumerateArray())];

    /// <returns>The sequence at which the answer ended; null when it ended otherwise or nobody said.</returns>
    public static string? StopSequenceOf(IEnumerable<AIContent> parts) =>
        parts.OfType<AnswerDetail>().FirstOrDefault(detail => detail.Name == AnswerDetail.StopSequence)?.Value.GetString();

    private static bool IsMarked(string signature) =>
        signature.StartsWith("gemini:", StringComparison.Ordinal) || signature.StartsWith("bedrock:", StringComparison.Ordinal) || signature.StartsWith('[');

    private static string? After(string beginning, string? text) => text?.StartsWith(beginning, StringComparison.Ordinal) is true ? text[beginning.Length..] : null;
}
