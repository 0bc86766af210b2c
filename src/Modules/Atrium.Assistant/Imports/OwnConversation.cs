using System.Text.Json;
using Atrium.Assistant.Context;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Exports;
using Atrium.Assistant.Messages;
using Atrium.Assistant.Personas;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Imports;

/// <summary>Reads a conversation of an export of a house like this one. Everything is checked again: a file is only a file.</summary>
internal static class OwnConversation
{
    private const int NameLength = 200;

    public static bool IsOne(JsonElement element) => element.Text("format") == ExportedConversation.FormatName;

    /// <param name="problem">Told why something is not as it was.</param>
    public static ImportedConversation Read(JsonElement root, Action<string> problem)
    {
        if (root.Field("version") is not { ValueKind: JsonValueKind.Number } version || !version.TryGetInt32(out var number) || number > ExportedConversation.FormatVersion)
            problem("It was exported by a newer version; what this one does not know is kept as text.");
        var id = root.Text("id", NameLength) ?? throw new JsonException("A conversation without an id.");
        return new ImportedConversation
        {
            Source = "atrium:" + id,
            OwnId = Guid.TryParse(id, out var own) ? own : null,
            Title = ConversationTitle.Clean(root.Text("title", Conversation.TitleLength)) ?? "",
            Persona = (PersonaList.Find(root.Text("persona")) ?? PersonaList.Default).Id,
            Model = root.Text("model", Conversation.ModelLength),
            SystemPrompt = root.Text("systemPrompt", Conversation.SystemPromptLength),
            Parameters = Parse<ModelParameters>(root.Field("parameters")) is { } parameters && parameters.FindFault() is null ? parameters : ModelParameters.None,
            ContextMode = root.Text("contextMode") is { } mode && ContextMode.All.Contains(mode) ? mode : ContextMode.DropOldest,
            Pinned = root.Field("pinned") is { ValueKind: JsonValueKind.True },
            Cost = MoneyOf(root) ?? Money.Zero,
            CreatedAt = root.Time("createdAt"),
            UpdatedAt = root.Time("updatedAt"),
            LeafKey = root.Text("leafId"),
            Attachments = [.. root.Items("attachments").Select(file => Parse<ExportedAttachment>(file)).OfType<ExportedAttachment>()],
            Messages = Messages(root, problem),
        };
    }

    private static List<ImportedMessage> Messages(JsonElement root, Action<string> problem)
    {
        var byKey = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var message in root.Items("messages"))
        {
            if (message.Text("id", NameLength) is not { } key || !byKey.TryAdd(key, message))
                problem("A message without an id of its own was left out.");
        }
        var (ordered, cut) = ImportTree.Order(byKey.ToDictionary(message => message.Key, message => message.Value.Text("parentId"), StringComparer.Ordinal));
        if (cut > 0)
            problem($"{cut} messages name a parent that is missing or below them; each begins a branch of its own.");
        var messages = new Dictionary<string, ImportedMessage>(StringComparer.Ordinal);
        foreach (var (key, parent) in ordered)
            messages[key] = Read(key, byKey[key], parent is null ? null : messages[parent], root.Time("createdAt"));
        return [.. messages.Values];
    }

    private static ImportedMessage Read(string key, JsonElement message, ImportedMessage? parent, DateTimeOffset? begun)
    {
        var created = message.Time("createdAt") ?? parent?.CreatedAt.AddMilliseconds(1) ?? begun ?? DateTimeOffset.UnixEpoch;
        return new ImportedMessage
        {
            Key = key,
            Parent = parent,
            Role = message.Text("role") == MessageRole.User ? MessageRole.User : MessageRole.Assistant,
            Parts = [.. message.Items("parts").Select(PartOf)],
            CreatedAt = created,
            FinishedAt = message.Time("finishedAt") ?? created,
            Status = message.Text("status") is (MessageStatus.Complete or MessageStatus.Stopped or MessageStatus.Failed) and var status ? status : MessageStatus.Interrupted,
            StopReason = message.Text("stopReason", NameLength),
            Persona = PersonaList.Find(message.Text("persona"))?.Id,
            Origin = message.Text("origin") is MessageOrigin.Browser ? MessageOrigin.Browser : MessageOrigin.Import,
            Provider = message.Text("provider", NameLength),
            ProviderName = message.Text("providerName", NameLength),
            Model = message.Text("model", NameLength),
            Fallback = Parse<MessageFallback>(message.Field("fallback")),
            Usage = Parse<MessageUsage>(message.Field("usage")),
            Cost = MoneyOf(message),
            Error = Parse<MessageError>(message.Field("error")),
        };
    }

    private static MessagePart PartOf(JsonElement part) => Parse<MessagePart>(part) switch
    {
        null => new TextPart(part.Readable(part.Text("type") ?? "content")),
        TextPart text => new TextPart(PlainText.Clean(text.Text)),
        ReasoningPart reasoning => new ReasoningPart(PlainText.Clean(reasoning.Text), reasoning.Seconds),
        // Nothing of an address but what a browser may open is a link.
        CitationPart { Url: { } url } citation when !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") => citation with { Url = null },
        var other => other,
    };

    private static T? Parse<T>(JsonElement? element) where T : class
    {
        try
        {
            return element?.Deserialize<T>(StoredJson.Options);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or FormatException)
        {
            return null;
        }
    }

    private static Money? MoneyOf(JsonElement element) =>
        element.Text("cost") is { } text
        && decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var dollars)
        && dollars <= 1_000_000
            ? new Money(dollars)
            : null;
}
