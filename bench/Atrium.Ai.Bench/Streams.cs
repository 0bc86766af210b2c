using System.Text;
using System.Text.Json;

namespace Atrium.Ai.Bench;

/// <summary>Endless-looking bodies that are made while they are read, so that the body itself holds no memory.</summary>
internal static class Streams
{
    public static readonly IReadOnlyList<string> Dialects = ["openai-chat", "anthropic-messages", "gemini-generatecontent", "ollama-chat"];

    /// <summary>The parts of a body: what is repeated for each chunk, and the end.</summary>
    public static (byte[] Chunk, byte[] End) Parts(string dialect) => dialect switch
    {
        "openai-chat" =>
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
        _ => throw new ArgumentException($"No stream for '{dialect}'.", nameof(dialect)),
    };

    /// <summary>The text of a parsed chunk, by the shortest way there is.</summary>
    public static string? Text(string dialect, JsonElement chunk) => dialect switch
    {
        "anthropic-messages" => chunk.GetProperty("delta").GetProperty("text").GetString(),
        "gemini-generatecontent" => chunk.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString(),
        "ollama-chat" => chunk.GetProperty("message").GetProperty("content").GetString(),
        _ => chunk.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString(),
    };

    /// <summary>Reads so many chunks and the end, a chunk for each read, as from a socket.</summary>
    public static Stream Body(string dialect, int chunks)
    {
        var (chunk, end) = Parts(dialect);
        return new RepeatStream(chunk, chunks, end);
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
