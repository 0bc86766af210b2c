using Microsoft.Extensions.AI;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>Gemini's pictures: an answer that is asked to have some.</summary>
internal static class GeminiImages
{
    public static async Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation)
    {
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
        json.WriteEndObject();
    });
}
