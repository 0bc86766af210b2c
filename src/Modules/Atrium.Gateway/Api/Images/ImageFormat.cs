using System.Text.Json;
using Atrium.Contracts.Gateway;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.Api.Images;

/// <summary>Writes pictures in OpenAI's format.</summary>
internal static class ImageFormat
{
    public static async Task WriteAsync(HttpContext context, ImageAnswer answer, bool asAddress, DateTimeOffset now)
    {
        var output = context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, ApiStream.Json);
        json.WriteStartObject();
        json.WriteNumber("created", now.ToUnixTimeSeconds());
        json.WriteStartArray("data");
        foreach (var image in answer.Images)
        {
            WriteImage(json, image, asAddress);
            await json.FlushAsync(context.RequestAborted);
            await output.FlushAsync(context.RequestAborted);
        }
        json.WriteEndArray();
        if (answer.Images is [{ MediaType: { } type }, ..])
            json.WriteString("output_format", type["image/".Length..]);
        if (answer.Usage is { } usage)
            WriteUsage(json, usage);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, GeneratedImage image, bool asAddress)
    {
        json.WriteStartObject();
        if (asAddress)
            json.WriteString("url", $"data:{image.MediaType};base64,{Convert.ToBase64String(image.Data.Span)}");
        else
            json.WriteBase64String("b64_json", image.Data.Span);
        if (image.RevisedPrompt is not null)
            json.WriteString("revised_prompt", image.RevisedPrompt);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Input);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("text_tokens", usage.Input);
        json.WriteNumber("image_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteNumber("total_tokens", usage.Input + usage.Output);
        json.WriteEndObject();
    }
}
