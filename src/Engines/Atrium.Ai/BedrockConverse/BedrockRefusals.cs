namespace Atrium.Ai.BedrockConverse;

/// <summary>Things a model may refuse and a person can do without. The refusal names them only in its words.</summary>
internal static class BedrockRefusals
{
    /// <summary>Fields of a model's own.</summary>
    public const string OwnFields = "additionalModelRequestFields";

    /// <summary>Marks of the prompt cache.</summary>
    public const string CachePoint = "cachePoint";

    /// <summary>The thoughts of earlier answers.</summary>
    public const string PastThoughts = "signature";

    /// <summary>The wish for a tool call; without it the model decides.</summary>
    public const string ToolChoice = "toolChoice";

    /// <summary>The words of the house, where a model takes none apart from the conversation.</summary>
    public const string System = "system";

    public static string? FieldOf(ProviderException refusal)
    {
        if (refusal.ProviderMessage is not { } words)
            return null;
        return Says(PastThoughts) ? PastThoughts
            : Says("cachePoint") || Says("prompt caching") || Says("explicit caching") ? CachePoint
            : Says("toolChoice") || Says("tool_choice") ? ToolChoice
            : Says("temperature") ? "temperature"
            : Says("topP") || Says("top_p") ? "topP"
            : Says("stopSequences") || Says("stop_sequences") ? "stopSequences"
            : Says("system messages") || Says("system message") || Says("system prompt") ? System
            : Says("thinking") || Says("top_k") || Says("reasoning") || Says("extraneous key") ? OwnFields
            : null;

        bool Says(string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
