using System.Text;

namespace Atrium.Ai.Bench;

/// <summary>Endless-looking bodies that are made while they are read, so that the body itself holds no memory.</summary>
internal static class Streams
{
    public static readonly IReadOnlyList<string> Dialects = ["openai-chat"];

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
        _ => throw new ArgumentException($"No stream for '{dialect}'.", nameof(dialect)),
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
