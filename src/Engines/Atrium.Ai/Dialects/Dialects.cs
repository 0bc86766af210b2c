using Atrium.Ai.OpenAiChat;

namespace Atrium.Ai;

/// <summary>The implemented dialects by name.</summary>
internal static class Dialects
{
    private static readonly Dictionary<string, IDialect> ByName = new(StringComparer.Ordinal)
    {
        ["openai-chat"] = new OpenAiChatDialect(),
    };

    public static IDialect? Find(string name) => ByName.GetValueOrDefault(name);
}
