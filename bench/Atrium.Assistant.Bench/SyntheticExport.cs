using System.Text.Json;

namespace Atrium.Assistant.Bench;

/// <summary>Writes exports in ChatGPT's shape, of any size, from a seed.</summary>
internal sealed class SyntheticExport(int seed)
{
    private const double Begun = 1_700_000_000;

    private static readonly string[] Words = "the quick house keeps its word and the lamp burns long over paper where a small fox waits for rain while seven boats return from the cold river with bread salt and news".Split(' ');

    private readonly Random random = new(seed);
    private int conversations;

    public int Messages { get; private set; }

    public int Conversations => conversations;

    /// <summary>Conversations until so many bytes are written; one of 10 MB among them when they are many.</summary>
    public async Task WriteAsync(Stream output, long bytes)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartArray();
        while (json.BytesCommitted + json.BytesPending < bytes)
        {
            Conversation(json, conversations == 100 ? 2_500 : random.Next(2, 40), 800);
            await json.FlushAsync();
        }
        json.WriteEndArray();
    }

    /// <summary>So many conversations of so many messages each.</summary>
    public async Task WriteAsync(Stream output, int count, int messages, int letters)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartArray();
        for (var index = 0; index < count; index++)
        {
            Conversation(json, messages, letters);
            await json.FlushAsync();
        }
        json.WriteEndArray();
    }

    private void Conversation(Utf8JsonWriter json, int messages, int letters)
    {
        var number = conversations++;
        var time = Begun + number * 600.0;
        json.WriteStartObject();
        json.WriteString("title", $"Talk {number} about {Text(20)}");
        json.WriteNumber("create_time", time);
        json.WriteNumber("update_time", time + messages);
        json.WriteString("conversation_id", $"conversation-{number}");
        json.WriteString("current_node", $"m{messages - 1}");
        json.WriteStartObject("mapping");
        for (var index = 0; index < messages; index++)
            Message(json, index, number, time + index, letters);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Message(Utf8JsonWriter json, int index, int conversation, double time, int letters)
    {
        Messages++;
        json.WriteStartObject($"m{index}");
        json.WriteString("id", $"m{index}");
        if (index > 0)
            json.WriteString("parent", $"m{index - 1}");
        json.WriteStartObject("message");
        json.WriteString("id", $"m{index}");
        json.WriteStartObject("author");
        json.WriteString("role", index % 2 == 0 ? "user" : "assistant");
        json.WriteEndObject();
        json.WriteNumber("create_time", time);
        json.WriteStartObject("content");
        json.WriteString("content_type", "text");
        json.WriteStartArray("parts");
        // One word that stands in this message alone, for searches.
        json.WriteStringValue($"{Text(letters)} unique{conversation}x{index}.");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("status", "finished_successfully");
        json.WriteStartObject("metadata");
        json.WriteString("model_slug", "gpt-4o");
        json.WriteString("request_id", Guid.CreateVersion7().ToString());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private string Text(int letters)
    {
        var text = new System.Text.StringBuilder(letters + 16);
        var length = Math.Max(8, (int)(letters * (0.3 + 1.4 * random.NextDouble())));
        while (text.Length < length)
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(12) == 0 ? ". " : " ");
        return text.ToString();
    }
}
