using Atrium.Ai.AnthropicMessages;
using Atrium.Ai.GeminiGenerateContent;
using Atrium.Ai.OllamaChat;
using Atrium.Ai.OpenAiChat;

namespace Atrium.Ai;

/// <summary>The implemented dialects by name.</summary>
internal static class Dialects
{
    private static readonly Dictionary<string, IDialect> ByName = new(StringComparer.Ordinal)
    {
        ["anthropic-messages"] = new AnthropicDialect(),
        ["gemini-generatecontent"] = new GeminiDialect(),
        ["ollama-chat"] = new OllamaDialect(),
        ["openai-chat"] = new OpenAiChatDialect(),
    };

    public static IDialect? Find(string name) => ByName.GetValueOrDefault(name);
}
