using Atrium.Ai.AnthropicMessages;
using Atrium.Ai.AzureOpenAi;
using Atrium.Ai.BedrockConverse;
using Atrium.Ai.CohereChat;
using Atrium.Ai.GeminiGenerateContent;
using Atrium.Ai.OciGenAiChat;
using Atrium.Ai.OllamaChat;
using Atrium.Ai.OpenAiChat;
using Atrium.Ai.ReplicatePredictions;
using Atrium.Ai.WatsonxChat;

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
        ["oci-genai-chat"] = new OciDialect(),
        ["ollama-chat"] = new OllamaDialect(),
        ["openai-chat"] = new OpenAiChatDialect(),
        ["replicate-predictions"] = new ReplicateDialect(),
        ["watsonx-chat"] = new WatsonxDialect(),
    };

    public static IDialect? Find(string name) => ByName.GetValueOrDefault(name);
}
