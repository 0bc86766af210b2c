using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Reads content that comes as a list of parts: text, thoughts, pictures. Parts nobody knows are left out.</summary>
internal static class ContentParts
{
    public static void Add(IList<AIContent> contents, JsonElement part)
    {
        if (Json.Text(part) is { Length: > 0 } bare)
            contents.Add(new TextContent(bare));
        else if (Json.Array(part, "thinking") is { } thoughts)
            AddThoughts(contents, thoughts);
        else if (Json.String(part, "thinking") is { Length: > 0 } thought)
            contents.Add(new TextReasoningContent(thought));
        else if (Json.String(part, "text") is { Length: > 0 } text)
            contents.Add(new TextContent(text));
    }

    private static void AddThoughts(IList<AIContent> contents, JsonElement thoughts)
    {
        foreach (var thought in thoughts.EnumerateArray())
            if (Json.String(thought, "text") is { Length: > 0 } text)
                contents.Add(new TextReasoningContent(text));
    }
}
