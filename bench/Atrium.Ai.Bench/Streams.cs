using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Atrium.Ai.Bench;

/// <summary>Endless-looking bodies that are made while they are read, so that the body itself holds no memory.</summary>
internal static class Streams
{
    public static readonly IReadOnlyList<string> Dialects =
    [
        "openai-chat", "anthropic-messages", "gemini-generatecontent", "ollama-chat", "azure-openai", "cohere-v2-chat", "bedrock-converse", "watsonx-chat", "oci-genai-chat",
        "replicate-predictions",
    ];

    /// <summary>The parts of a body: what is repeated for each chunk, and the end.</summary>
    public static (byte[] Chunk, byte[] End) Parts(string dialect) => dialect switch
    {
        "openai-chat" or "azure-openai" =>
        (
            """data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-x","choices":[{"index":0,"delta":{"content":" word"},"logprobs":null,"finish_reason":null}],"usage":null}"""u8.ToArray().WithBlankLine(),
            Encoding.UTF8.GetBytes("""
                data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: {"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}

                data: [DONE]


                """)
        ),
        "anthropic-messages" =>
        (
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" word\"}}\n\n"u8.ToArray(),
            Encoding.UTF8.GetBytes("""
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","model":"claude-x","usage":{"input_tokens":12,"output_tokens":1}}}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}

                event: message_stop
                data: {"type":"message_stop"}


                """)
        ),
        "gemini-generatecontent" =>
        (
            """data: {"candidates":[{"content":{"parts":[{"text":" word"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":3,"totalTokenCount":15},"modelVersion":"gemini-x","responseId":"r"}"""u8.ToArray().WithBlankLine(),
            Encoding.UTF8.GetBytes("""
                data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":3,"totalTokenCount":15}}


                """)
        ),
        "ollama-chat" =>
        (
            "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00.0Z\",\"message\":{\"role\":\"assistant\",\"content\":\" word\"},\"done\":false}\n"u8.ToArray(),
            "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00.0Z\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":12,\"eval_count\":3}\n"u8.ToArray()
        ),
        "cohere-v2-chat" =>
        (
            "event: content-delta\ndata: {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\" word\"}}}}\n\n"u8.ToArray(),
            "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{\"billed_units\":{\"input_tokens\":12,\"output_tokens\":3}}}}\n\n"u8.ToArray()
        ),
        "bedrock-converse" =>
        (
            Frame("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":" word"},"p":"abcdefgh"}"""u8),
            [.. Frame("messageStop", """{"stopReason":"end_turn"}"""u8), .. Frame("metadata", """{"usage":{"inputTokens":12,"outputTokens":3,"totalTokens":15}}"""u8)]
        ),
        "watsonx-chat" =>
        (
            "id: 1\nevent: message\ndata: {\"id\":\"chat-1\",\"model_id\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}],\"created\":1760000000}\n\n"u8.ToArray(),
            "id: 2\nevent: message\ndata: {\"id\":\"chat-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"u8.ToArray()
        ),
        "oci-genai-chat" =>
        (
            "data: {\"index\":0,\"message\":{\"role\":\"ASSISTANT\",\"content\":[{\"type\":\"TEXT\",\"text\":\" word\"}]},\"pad\":\"aaaa\"}\n\n"u8.ToArray(),
            "data: {\"message\":{\"role\":\"ASSISTANT\"},\"finishReason\":\"stop\"}\n\n"u8.ToArray()
        ),
        "replicate-predictions" =>
        (
            "event: output\nid: 1:0\ndata:  word\n\n"u8.ToArray(),
            "event: done\ndata: {}\n\n"u8.ToArray()
        ),
        _ => throw new ArgumentException($"No stream for '{dialect}'.", nameof(dialect)),
    };

    /// <summary>The JSON of a chunk, without its framing; of a format without JSON, what comes nearest.</summary>
    public static ReadOnlyMemory<byte> Json(string dialect)
    {
        var chunk = Parts(dialect).Chunk;
        var start = Array.IndexOf(chunk, (byte)'{');
        return start < 0 ? "{\"output\":\" word\"}"u8.ToArray() : chunk.AsMemory(start..(Array.LastIndexOf(chunk, (byte)'}') + 1));
    }

    /// <summary>The text of a parsed chunk, by the shortest way there is.</summary>
    public static string? Text(string dialect, JsonElement chunk) => dialect switch
    {
        "anthropic-messages" => chunk.GetProperty("delta").GetProperty("text").GetString(),
        "gemini-generatecontent" => chunk.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString(),
        "ollama-chat" => chunk.GetProperty("message").GetProperty("content").GetString(),
        "cohere-v2-chat" => chunk.GetProperty("delta").GetProperty("message").GetProperty("content").GetProperty("text").GetString(),
        "bedrock-converse" => chunk.GetProperty("delta").GetProperty("text").GetString(),
        "oci-genai-chat" => chunk.GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString(),
        "replicate-predictions" => chunk.GetProperty("output").GetString(),
        _ => chunk.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString(),
    };

    /// <summary>Reads so many chunks and the end, a chunk for each read, as from a socket.</summary>
    public static Stream Body(string dialect, int chunks)
    {
        var (chunk, end) = Parts(dialect);
        return new RepeatStream(chunk, chunks, end);
    }

    /// <summary>A frame of an event stream with the one header that is read.</summary>
    private static byte[] Frame(string name, ReadOnlySpan<byte> payload)
    {
        byte[] headers = [11, .. ":event-type"u8, 7, 0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name)];
        var frame = new byte[12 + headers.Length + payload.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32.Of(frame.AsSpan(0, 8)));
        headers.CopyTo(frame, 12);
        payload.CopyTo(frame.AsSpan(12 + headers.Length));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32.Of(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static byte[] WithBlankLine(this byte[] line) => [.. line, .. "\n\n"u8];

    private sealed class RepeatStream(byte[] chunk, int times, byte[] end) : Stream
    {
        private int _left = times;
        private bool _isAtEnd;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var next = _left-- > 0 ? chunk : _isAtEnd ? [] : end;
            _isAtEnd |= ReferenceEquals(next, end);
            next.CopyTo(buffer);
            return next.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
