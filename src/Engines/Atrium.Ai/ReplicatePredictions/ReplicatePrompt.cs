using System.Text;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.ReplicatePredictions;

/// <summary>Folds a conversation into one text, for models that take no messages.</summary>
internal static class ReplicatePrompt
{
    /// <summary>A single question stays as it is; else every turn is said by whom, and the last line is the model's to go on.</summary>
    public static string Fold(Provider provider, IReadOnlyList<ChatMessage> messages)
    {
        var turns = messages.Select(message => (Speaker: SpeakerOf(message.Role), Text: TextOf(provider, message), HasFiles: message.Contents.Any(content => content is DataContent or UriContent)))
            .Where(turn => turn.Text.Length > 0 || turn.HasFiles).ToList();
        if (turns.Count == 0)
            throw ProviderException.NotConfigured(provider, "messages");
        return turns is [{ Speaker: "User", Text: var only }]
            ? only
            : string.Concat(turns.Select(turn => $"{turn.Speaker}: {turn.Text}\n\n")) + "Assistant:";
    }

    private static string SpeakerOf(ChatRole role) => role == ChatRole.Assistant ? "Assistant" : role == ChatRole.Tool ? "Tool" : "User";

    private static string TextOf(Provider provider, ChatMessage message)
    {
        var text = new StringBuilder();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextReasoningContent:
                    break;
                case TextContent part:
                    text.Append(part.Text);
                    break;
                case FunctionCallContent use:
                    text.Append("[calls ").Append(use.Name).Append(" with ").Append(ToolCalls.Arguments(use)).Append(']');
                    break;
                case FunctionResultContent result:
                    text.Append(Conversation.Text(result));
                    break;
                case DataContent data when data.HasTopLevelMediaType("text"):
                    text.Append("\n\n").Append(Encoding.UTF8.GetString(data.Data.Span));
                    break;
                case DataContent data when data.HasTopLevelMediaType("image"):
                case UriContent image when image.HasTopLevelMediaType("image"):
                    break;
                case DataContent or UriContent or HostedFileContent:
                    throw ProviderException.Unsupported(provider, $"it does not read {(content as DataContent)?.MediaType ?? "this file"}");
            }
        }
        return text.ToString();
    }
}
