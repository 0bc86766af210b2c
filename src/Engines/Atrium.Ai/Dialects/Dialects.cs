using Atrium.Ai.AnthropicMessages;
using Atrium.Ai.AzureOpenAi;
using Atrium.Ai.BedrockConverse;
using Atrium.Ai.CohereChat;
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
        ["azure-openai"] = new AzureOpenAiDialect(),
        ["bedrock-converse"] = new BedrockDialect(),
        ["cohere-v2-chat"] = new CohereDialect(),
        ["gemini-generatecontent"] = new GeminiDialect(),
        ["ollama-chat"] = new OllamaDialect(),
        ["openai-chat"] = new OpenAiChatDialect(),
    };

    public static IDialect? Find(string name) => ByName.GetValueOrDefault(name);
}
