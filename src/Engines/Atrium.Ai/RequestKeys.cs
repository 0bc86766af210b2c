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
}
