using Atrium.Ai;

namespace Atrium.Assistant.Messages;

/// <summary>Estimates what a message costs of a model's context.</summary>
internal static class MessageTokens
{
    public const int PerMessage = 4;
    public const int PerImage = 800;

    /// <summary>Bytes of a text file for one token.</summary>
    private const int BytesPerToken = 4;

    public static long Of(IReadOnlyList<MessagePart> parts) => PerMessage + parts.Sum(part => part switch
    {
        TextPart text => TokenEstimate.Text(text.Text),
        ImagePart => PerImage,
        FilePart file => file.Size / BytesPerToken,
        ToolPart tool => TokenEstimate.Text(tool.Arguments) + TokenEstimate.Text(tool.Result),
        _ => 0L,
    });
}
