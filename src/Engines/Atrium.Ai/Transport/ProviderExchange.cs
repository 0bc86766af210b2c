using System.Buffers;
using System.Text.Json;

namespace Atrium.Ai;

/// <summary>One accepted request and the body of its answer, read under the call's time and size limits.</summary>
internal sealed class ProviderExchange(Provider provider, HttpResponseMessage response, Stream body, CallDeadline deadline, TimeSpan silence)
    : IAsyncDisposable
{
    private const long LargestBody = 64 * 1024 * 1024;

    private long _received;
    private bool _isComplete;
    private ReadOnlyMemory<byte> _peeked;

    /// <summary>
    /// The first byte of the body that is not white space, 0 when there is none: what the body really is, whatever its content type says.
    /// White space before it (some hosts send empty lines to keep the connection) is dropped.
    /// </summary>
    public async ValueTask<byte> PeekAsync()
    {
        var buffer = new byte[4096];
        while (true)
        {
            var read = await ReadAsync(buffer);
            if (read == 0)
                return 0;
            _peeked = buffer.AsMemory(0, read).TrimStart(" \t\r\n"u8);
            if (!_peeked.IsEmpty)
                return _peeked.Span[0];
        }
    }

    /// <summary>Reads some bytes; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (!_peeked.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _peeked.Length);
            _peeked[..count].CopyTo(buffer);
            _peeked = _peeked[count..];
            return count;
        }
        // Until the first byte the time allowed for it is still running.
        if (_received > 0)
            deadline.Allow(silence);
        try
        {
            var read = await body.ReadAsync(buffer, deadline.Token);
            deadline.Rest();
            _received += read;
            _isComplete |= read == 0;
            return _received <= LargestBody ? read : throw Malformed("the answer is larger than 64 MB");
        }
        catch (OperationCanceledException cause)
        {
            throw deadline.Ended(provider, cause);
        }
        catch (Exception cause) when (cause is IOException or HttpRequestException or InvalidDataException)
        {
            throw Truncated(cause);
        }
    }

    /// <summary>Reads the rest as JSON.</summary>
    public async Task<JsonDocument> ReadJsonAsync()
    {
        var bytes = await ReadToEndAsync((int)LargestBody);
        if (bytes.IsEmpty)
            throw Truncated();
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException cause)
        {
            throw Malformed(bytes.Span.TrimStart(" \r\n\t"u8).StartsWith("<"u8) ? "the answer is a web page, not data; is the address right?" : "the answer is not JSON", cause);
        }
    }

    /// <summary>Reads the rest, at most so many bytes of it.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadToEndAsync(int atMost)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        while (bytes.WrittenCount < atMost)
        {
            var read = await ReadAsync(bytes.GetMemory(4096));
            if (read == 0)
                break;
            bytes.Advance(read);
        }
        return bytes.WrittenMemory[..Math.Min(atMost, bytes.WrittenCount)];
    }

    /// <summary>The answer is whole: what is left of the body may be drained and the connection kept.</summary>
    public void Complete() => _isComplete = true;

    public ProviderException Truncated(Exception? cause = null) =>
        new(ProviderErrorKind.Truncated, provider, $"The answer of {provider.Name} broke off before its end.", cause) { IsRetryable = true };

    public ProviderException Malformed(string why, Exception? cause = null) =>
        new(ProviderErrorKind.Malformed, provider, $"{provider.Name} answered in a way that cannot be read: {why}.", cause);

    public async ValueTask DisposeAsync()
    {
        if (!_isComplete)
            await CloseConnectionAsync();
        response.Dispose();
        deadline.Dispose();
    }

    /// <summary>
    /// Disposing an unread body drains it for a while, so the provider would go on (and charge). A pending read that is cancelled closes the connection at once.
    /// </summary>
    private async Task CloseConnectionAsync()
    {
        const int MostBufferedReads = 256;
        var scratch = new byte[4096];
        try
        {
            for (var i = 0; i < MostBufferedReads; i++)
            {
                using var close = new CancellationTokenSource();
                var read = body.ReadAsync(scratch, close.Token);
                if (!read.IsCompleted)
                    await close.CancelAsync();
                if (await read == 0)
                    return;
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            // This is the outcome that was wanted.
        }
    }
}
