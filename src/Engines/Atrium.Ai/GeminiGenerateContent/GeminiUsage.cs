using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>Reads token counts. The service counts thoughts beside the answer, and what its own tools read beside the question.</summary>
internal static class GeminiUsage
{
    /// <summary>Null when the object has no counts.</summary>
    public static UsageDetails? Read(JsonElement usage)
    {
        var prompt = Json.Count(usage, "promptTokenCount");
        var answer = Json.Count(usage, "candidatesTokenCount");
        var thoughts = Json.Count(usage, "thoughtsTokenCount");
        if (prompt is null && answer is null && thoughts is null)
            return null;
        return UsageCounts.Of(
            (prompt ?? 0) + (Json.Count(usage, "toolUsePromptTokenCount") ?? 0),
            (answer ?? 0) + (thoughts ?? 0),
            Json.Count(usage, "cachedContentTokenCount"),
            thoughts);
    }
}
