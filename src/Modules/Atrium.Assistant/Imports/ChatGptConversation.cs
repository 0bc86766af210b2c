using System.Text.Json;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;

namespace Atrium.Assistant.Imports;

/// <summary>
/// Reads a conversation of a ChatGPT export. There a single answer is a chain of nodes (thoughts, tool calls, their output, text); here it is one
/// message with parts, so a chain without branches is put together.
/// </summary>
internal sealed class ChatGptConversation
{
    private const string ProviderName = "ChatGPT";

    private readonly JsonElement root;
    private readonly Dictionary<string, JsonElement> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImportedMessage?> messageOf = new(StringComparer.Ordinal);
    private readonly Dictionary<ImportedMessage, string> tailOf = [];
    private readonly List<ImportedMessage> messages = [];
    private readonly List<string> instructions = [];
    private Dictionary<string, int> childCount = [];

    private ChatGptConversation(JsonElement root)
    {
        this.root = root;
    }

    public static bool IsOne(JsonElement element) => element.Field("mapping") is { ValueKind: JsonValueKind.Object };

    /// <param name="problem">Told why something is not as it was.</param>
    public static ImportedConversation Read(JsonElement root, Action<string> problem) => new ChatGptConversation(root).Read(problem);

    private ImportedConversation Read(Action<string> problem)
    {
        foreach (var node in root.GetProperty("mapping").EnumerateObject())
            nodes[PlainText.Clean(node.Name)] = node.Value;
        var (ordered, cut) = ImportTree.Order(nodes.ToDictionary(node => node.Key, node => node.Value.Text("parent"), StringComparer.Ordinal));
        if (cut > 0)
            problem($"{cut} messages name a parent that is missing or below them; each begins a branch of its own.");
        childCount = ordered.Where(node => node.Parent is not null).CountBy(node => node.Parent!).ToDictionary(StringComparer.Ordinal);
        foreach (var (key, parent) in ordered)
            Add(key, parent);
        AddMissingAnswers();
        var title = ConversationTitle.Clean(root.Text("title", Conversation.TitleLength)) ?? TitleFromMessages();
        return new ImportedConversation
        {
            Source = "chatgpt:" + (root.Text("conversation_id") ?? root.Text("id") ?? FingerprintOfNodes()),
            Title = title,
            SystemPrompt = SystemPrompt(problem),
            CreatedAt = root.Seconds("create_time"),
            UpdatedAt = root.Seconds("update_time"),
            LeafKey = Leaf(root.Text("current_node")),
            Messages = messages,
        };
    }

    private void Add(string key, string? parentKey)
    {
        var above = parentKey is null ? null : messageOf[parentKey];
        var goesOn = above is not null && tailOf[above] == parentKey && childCount[parentKey!] == 1;
        messageOf[key] = above;
        if (nodes[key].Field("message") is { ValueKind: JsonValueKind.Object } message)
            above = messageOf[key] = Add(key, message, above, goesOn);
        if (goesOn && above is not null)
            tailOf[above] = key;
    }

    private ImportedMessage? Add(string key, JsonElement message, ImportedMessage? above, bool goesOn)
    {
        if (ChatGptContent.IsInstructions(message))
        {
            if (ChatGptContent.InstructionsOf(message) is { Length: > 0 } text && !instructions.Contains(text))
                instructions.Add(text);
            return above;
        }
        var parts = ChatGptContent.PartsOf(message);
        if (parts.Count == 0)
            return above;
        var time = message.Seconds("create_time") ?? above?.CreatedAt.AddMilliseconds(1) ?? root.Seconds("create_time") ?? DateTimeOffset.UnixEpoch;
        var isPerson = ChatGptContent.RoleOf(message) == "user";
        if (isPerson || above?.Role != MessageRole.Assistant || !goesOn)
            return Begin(key, message, above, isPerson, parts, time);
        foreach (var part in parts)
            Append(above.Parts, part);
        above.FinishedAt = time > above.FinishedAt ? time : above.FinishedAt;
        above.Model ??= ModelOf(message);
        Judge(above, message);
        return above;
    }

    private ImportedMessage Begin(string key, JsonElement message, ImportedMessage? above, bool isPerson, List<MessagePart> parts, DateTimeOffset time)
    {
        var begun = new ImportedMessage
        {
            Key = key,
            Parent = above,
            Role = isPerson ? MessageRole.User : MessageRole.Assistant,
            Parts = parts,
            CreatedAt = time,
            FinishedAt = time,
            ProviderName = isPerson ? null : ProviderName,
            Model = isPerson ? null : ModelOf(message),
        };
        if (!isPerson)
            Judge(begun, message);
        messages.Add(begun);
        tailOf[begun] = key;
        return begun;
    }

    private static void Judge(ImportedMessage answer, JsonElement message)
    {
        answer.Status = message.Text("status") == "in_progress" ? MessageStatus.Interrupted : MessageStatus.Complete;
        answer.StopReason = message.Field("metadata").Field("finish_details").Text("type") == "max_tokens" ? "length" : answer.StopReason;
    }

    /// <summary>A tool's output goes to the call that asked for it.</summary>
    private static void Append(List<MessagePart> parts, MessagePart part)
    {
        var call = part is ToolPart { Result: not null } ? parts.FindLastIndex(earlier => earlier is ToolPart { Result: null }) : -1;
        if (call >= 0)
            parts[call] = (ToolPart)parts[call] with { Result = ((ToolPart)part).Result };
        else
            parts.Add(part);
    }

    /// <summary>A question without an answer gets an empty one that was cut off, so that the person can have it answered here.</summary>
    private void AddMissingAnswers()
    {
        var answered = messages.Select(message => message.Parent).OfType<ImportedMessage>().ToHashSet();
        foreach (var question in messages.Where(message => message.Role == MessageRole.User && !answered.Contains(message)).ToList())
        {
            messages.Add(new ImportedMessage
            {
                Key = question.Key + ":answer",
                Parent = question,
                Role = MessageRole.Assistant,
                Parts = [],
                CreatedAt = question.CreatedAt.AddMilliseconds(1),
                FinishedAt = question.CreatedAt.AddMilliseconds(1),
                Status = MessageStatus.Interrupted,
                ProviderName = ProviderName,
            });
        }
    }

    private string? Leaf(string? current)
    {
        var shown = current is not null && messageOf.TryGetValue(current, out var message) ? message : null;
        return shown is null ? null : messages.Find(candidate => candidate.Parent == shown && candidate.Parts.Count == 0)?.Key ?? shown.Key;
    }

    private string? SystemPrompt(Action<string> problem)
    {
        var text = string.Join("\n\n", instructions);
        if (text.Length <= Conversation.SystemPromptLength)
            return text.Length > 0 ? text : null;
        problem($"Its instructions are longer than {Conversation.SystemPromptLength} letters and were cut there.");
        return PlainText.Clean(text[..Conversation.SystemPromptLength]);
    }

    private string TitleFromMessages() =>
        messages.Find(message => message.Role == MessageRole.User) is { } first ? ConversationTitle.FromMessage(MessageParts.TextOf(first.Parts)) : "";

    /// <summary>For a conversation without an id: its nodes' ids are as unique.</summary>
    private string FingerprintOfNodes() =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', nodes.Keys))));

    private static string? ModelOf(JsonElement message) => message.Field("metadata") is { } metadata ? metadata.Text("model_slug", Conversation.ModelLength) : null;
}
