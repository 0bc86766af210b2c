using System.Runtime.InteropServices;
using System.Text.Json;
using Atrium.Contracts.Gateway;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.Api.Embeddings;

/// <summary>Writes vectors in OpenAI's format.</summary>
internal static class EmbeddingFormat
{
    /// <param name="asBase64">Each vector as its 32-bit numbers, the lowest byte first, instead of a list.</param>
    public static async Task WriteAsync(HttpContext context, EmbeddingAnswer answer, bool asBase64)
    {
        var output = context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, ApiStream.Json);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var index = 0; index < answer.Vectors.Count; index++)
        {
            WriteVector(json, index, answer.Vectors[index].Span, asBase64);
            // Thousands of long vectors are more than anybody wants to hold twice.
            await json.FlushAsync(context.RequestAborted);
            await output.FlushAsync(context.RequestAborted);
        }
        json.WriteEndArray();
        json.WriteString("model", answer.Model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", answer.Usage.Input);
        json.WriteNumber("total_tokens", answer.Usage.Input + answer.Usage.Output);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter json, int index, ReadOnlySpan<float> vector, bool asBase64)
    {
        json.WriteStartObject();
        json.WriteString("object", "embedding");
        json.WriteNumber("index", index);
        if (asBase64)
        {
            json.WriteBase64String("embedding", MemoryMarshal.AsBytes(vector));
        }
        else
        {
            json.WriteStartArray("embedding");
            foreach (var number in vector)
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
