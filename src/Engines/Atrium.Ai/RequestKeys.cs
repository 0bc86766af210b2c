namespace Atrium.Ai;

/// <summary>Names in <see cref="Microsoft.Extensions.AI.ChatOptions.AdditionalProperties"/> that this library understands for any provider.</summary>
public static class RequestKeys
{
    /// <summary>
    /// A <see cref="bool"/>: whether to mark the beginning of the conversation for the provider's prompt cache, where it wants a mark.
    /// Absent, a conversation is marked from its second question on: a first one often stays the only one, and writing costs more than reading saves.
    /// </summary>
    public const string PromptCache = "promptCache";
}
