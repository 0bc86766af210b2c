namespace Atrium.Ai.AnthropicMessages;

/// <summary>Things a model may refuse and a person can do without. The refusal names them only in its words.</summary>
internal static class AnthropicRefusals
{
    /// <summary>Adaptive thinking; without it a budget is given.</summary>
    public const string Adaptive = "adaptive";

    /// <summary>Thinking of either kind.</summary>
    public const string Thinking = "thinking";

    /// <summary>The thoughts of earlier answers.</summary>
    public const string PastThoughts = "signature";

    /// <summary>How hard to think.</summary>
    public const string Effort = "effort";

    /// <summary>The schema of the answer; without it the schema is told in words.</summary>
    public const string Format = "format";

    /// <summary>An answer at the end to go on from; without it a question to go on is added.</summary>
    public const string Prefill = "prefill";

    private static readonly string[] Sampling = ["temperature", "top_p", "top_k"];

    public static string? FieldOf(ProviderException refusal)
    {
        if (refusal.ProviderMessage is not { } words)
            return null;
        return Says(PastThoughts) ? PastThoughts
            : Says(Prefill) ? Prefill
            : Says(Adaptive) ? Adaptive
            : Says(Effort) ? Effort
            : Says(Thinking) ? Thinking
            : Says("output_config") || Says("output_format") || Says("schema") ? Format
            : Sampling.FirstOrDefault(Says);

        bool Says(string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
