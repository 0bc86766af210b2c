namespace Atrium.Ai;

/// <summary>A wire format that programs and services both speak, so that a call can go through as it is.</summary>
public enum RelayFormat
{
    /// <summary>OpenAI's chat completions.</summary>
    OpenAiChat,

    /// <summary>Anthropic's messages.</summary>
    AnthropicMessages,
}
