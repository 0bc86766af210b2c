using System.Drawing;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>Gemini's pictures: an answer that is asked to have some.</summary>
internal static class GeminiImages
{
    private const double Tolerance = 0.05;

    /// <summary>Pixels of a side up to which a picture is of the usual size.</summary>
    private const int Large = 1_792;

    /// <remarks>Source: ai.google.dev, "Image generation", aspect ratios.</remarks>
    private static readonly (int Width, int Height)[] Ratios = [(1, 1), (2, 3), (3, 2), (3, 4), (4, 3), (4, 5), (5, 4), (9, 16), (16, 9), (21, 9)];

    public static async Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation)
    {
        if (call.Options.Count is > 1)
            throw ProviderException.Unsupported(call.Transport.Provider, "it makes one picture a call", "n");
        var model = GeminiModels.ShortName(call.Model);
        await using var exchange = await call.Transport.PostAsync(call.Path, model, Write(call), "application/json", cancellation);
        var chat = new ProviderCall(call.Transport, model, [new ChatMessage(ChatRole.User, call.Prompt)], new ChatOptions());
        var answer = await AnswerReader.ReadAsync(exchange, new GeminiAnswer(chat, exchange), pieces: null).ToChatResponseAsync(cancellation);
        return new ImageGenerationResponse([.. answer.Messages.SelectMany(message => message.Contents).OfType<DataContent>().Where(data => data.HasTopLevelMediaType("image"))])
        {
            Usage = answer.Usage,
        };
    }

    private static ReadOnlyMemory<byte> Write(ImageCall call) => RequestJson.Write(json =>
    {
        json.WriteStartArray("contents");
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteStartArray("parts");
        json.WriteStartObject();
        json.WriteString("text", call.Prompt);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("generationConfig");
        json.WriteTexts("responseModalities", ["TEXT", "IMAGE"]);
        if (call.Options.ImageSize is { } size)
        {
            json.WriteStartObject("imageConfig");
            json.WriteString("aspectRatio", RatioOf(call, size));
            if (size.Width > Large || size.Height > Large)
                json.WriteString("imageSize", size.Width > 2 * Large || size.Height > 2 * Large ? "4K" : "2K");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });

    /// <summary>The service knows shapes, not sizes: the nearest one, if it is near.</summary>
    private static string RatioOf(ImageCall call, Size size)
    {
        var wanted = (double)size.Width / size.Height;
        var (width, height) = Ratios.MinBy(ratio => Math.Abs(Math.Log(wanted * ratio.Height / ratio.Width)));
        return Math.Abs((wanted * height / width) - 1) < Tolerance
            ? $"{width}:{height}"
            : throw ProviderException.Unsupported(call.Transport.Provider, "it makes no pictures of this shape", "size");
    }
}
