namespace Atrium.Ai;

/// <summary>Names in additional properties that this library understands for any provider.</summary>
public static class RequestKeys
{
    /// <summary>
    /// A <see cref="bool"/>: whether to mark the beginning of the conversation for the provider's prompt cache, where it wants a mark.
    /// Absent, a conversation is marked from its second question on: a first one often stays the only one, and writing costs more than reading saves.
    /// </summary>
    public const string PromptCache = "promptCache";

    /// <summary>
    /// A <see cref="bool"/> in <see cref="Microsoft.Extensions.AI.EmbeddingGenerationOptions.AdditionalProperties"/>: whether the texts are what is searched
    /// for. Absent, they are texts to find. Some services make different vectors of the two.
    /// </summary>
    public const string EmbedQuery = "embedQuery";

    /// <summary>A <see cref="bool"/>: whether to give each <see cref="ToolCallPiece"/> as it comes, before the whole call.</summary>
    public const string ToolPieces = "toolPieces";

    /// <summary>A <see cref="bool"/>: whether the model is held to the schema of its answer to the letter. Some services ask.</summary>
    public const string StrictSchema = "strictJsonSchema";

    /// <summary>A <see cref="string"/>: how hard to think in the caller's own word (<c>minimal</c>, <c>max</c>), where it is finer than the abstraction's.</summary>
    public const string EffortWord = "effortWord";

    /// <summary>A JSON object: Anthropic's <c>thinking</c> as the caller wrote it, with its budget.</summary>
    public const string Thinking = "anthropicThinking";

    /// <summary>A <see cref="string"/>: whom the caller names as its own user to the provider.</summary>
    public const string User = "user";

    /// <summary>A <see cref="string"/>: <c>auto</c>, <c>default</c>, <c>flex</c> or <c>priority</c>.</summary>
    public const string ServiceTier = "service_tier";

    /// <summary>
    /// In the additional properties of a content or a tool, a JSON object: Anthropic's mark of the prompt cache after it. With such marks none is made by
    /// <see cref="PromptCache"/>.
    /// </summary>
    public const string CacheControl = "cache_control";

    /// <summary>In the additional properties of a picture, a <see cref="string"/>: how closely to look, <c>auto</c>, <c>low</c> or <c>high</c>.</summary>
    public const string Detail = "detail";

    /// <summary>In the additional properties of a tool, a <see cref="bool"/>: whether the model is held to the schema of its arguments to the letter.</summary>
    public const string Strict = "strict";

    /// <summary>Begins the name of a field that only Anthropic's format has; any other service refuses a call that has one.</summary>
    public const string AnthropicField = "anthropic:";

    /// <summary>What no service knows under these names.</summary>
    internal static bool IsOwn(string name) =>
        name is PromptCache or ToolPieces or StrictSchema or EffortWord or Thinking || name.StartsWith(AnthropicField, StringComparison.Ordinal);
}
