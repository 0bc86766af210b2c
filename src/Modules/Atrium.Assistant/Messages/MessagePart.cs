using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atrium.Assistant.Messages;

/// <summary>A typed piece of a message. Stored as JSON; kinds and fields are only ever added.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextPart), "text")]
[JsonDerivedType(typeof(ReasoningPart), "reasoning")]
[JsonDerivedType(typeof(ToolPart), "tool")]
[JsonDerivedType(typeof(ImagePart), "image")]
[JsonDerivedType(typeof(FilePart), "file")]
[JsonDerivedType(typeof(CitationPart), "citation")]
internal abstract record MessagePart
{
    /// <returns>The part as its owner sees it, or null when it holds nothing to see.</returns>
    public virtual MessagePart? ForPerson() => this;
}

internal sealed record TextPart(string Text) : MessagePart;

/// <param name="Signature">The provider's proof of its own reasoning, sent back to it and never to a browser.</param>
internal sealed record ReasoningPart(string Text, double? Seconds = null, string? Signature = null) : MessagePart
{
    public override MessagePart? ForPerson() => Text.Length == 0 ? null : this with { Signature = null };
}

internal sealed record ToolPart(string CallId, string Name, string Arguments, string? Result = null) : MessagePart;

internal sealed record ImagePart(Guid AttachmentId, string MediaType, string Name) : MessagePart;

internal sealed record FilePart(Guid AttachmentId, string MediaType, string Name, long Size) : MessagePart;

internal sealed record CitationPart(string Title, string? Url = null, string? Quote = null) : MessagePart;

internal static class MessageParts
{
    public static string ToJson(IReadOnlyList<MessagePart> parts) => JsonSerializer.Serialize(parts, StoredJson.Options);

    public static IReadOnlyList<MessagePart> FromJson(string json) => JsonSerializer.Deserialize<List<MessagePart>>(json, StoredJson.Options)!;

    /// <summary>What a person reads and searches: the text parts.</summary>
    public static string TextOf(IEnumerable<MessagePart> parts) => string.Join("\n\n", parts.OfType<TextPart>().Select(part => part.Text));
}
