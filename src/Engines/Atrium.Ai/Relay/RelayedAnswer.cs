using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>An answer on its way through: the service's own bytes, and what was read along. Disposing it before its end closes the service's socket.</summary>
public sealed class RelayedAnswer : IAsyncDisposable
{
    private const int LargestWhole = 64 * 1024 * 1024;
    private const int LargestEvent = 16 * 1024 * 1024;
    private const int Piece = 16 * 1024;

    private readonly ProviderExchange _exchange;
    private readonly IRelayWatch _watch;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private ExceptionDispatchInfo? _failure;

    internal RelayedAnswer(ProviderExchange exchange, IRelayWatch watch) => (_exchange, _watch) = (exchange, watch);

    /// <summary>True when it comes event by event; known after the first <see cref="ReadAsync"/>.</summary>
    public bool IsStream { get; private set; }

    /// <summary>What the service counted; null while it has not.</summary>
    public UsageDetails? Usage => _watch.Usage;

    /// <summary>Why it ended, in the format's own word.</summary>
    public string? FinishReason => _watch.FinishReason;

    /// <summary>Tokens of what was read by now, as estimated.</summary>
    public long EstimatedTokens => _watch.EstimatedTokens;

    /// <summary>The next bytes to hand on: the whole answer, or as many whole events as are there. Empty at the end. Valid until the next call.</summary>
    /// <exception cref="ProviderException">The service reports a failure or broke off; what was read before stands.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        try
        {
            if (_buffer.Length == 0)
                return await BeginAsync();
            return IsStream ? await ReadEventsAsync() : default;
        }
        catch (JsonException cause)
        {
            throw WithUsage(_exchange.Malformed(IsStream ? "a piece of the stream is not JSON" : "the answer is not JSON", cause));
        }
        catch (ProviderException failure)
        {
            throw WithUsage(failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask<ReadOnlyMemory<byte>> BeginAsync()
    {
        _buffer = ArrayPool<byte>.Shared.Rent(Piece);
        do
        {
            await FillAsync();
            _start += _buffer.AsSpan(_start.._end).IndexOfAnyExcept(" \t\r\n"u8) is var blanks and >= 0 ? blanks : _end - _start;
        }
        while (_start == _end && !_isAtEnd);
        if (_start == _end)
            throw _exchange.Truncated();
        // Hosts answer a stream request with JSON, or JSON under the wrong content type: the first byte tells.
        IsStream = _buffer[_start] is not ((byte)'{' or (byte)'[' or (byte)'<');
        return IsStream ? await ReadEventsAsync() : await ReadWholeAsync();
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadWholeAsync()
    {
        while (!_isAtEnd)
        {
            if (_end - _start > LargestWhole)
                throw _exchange.Malformed("the answer is larger than 64 MB");
            await FillAsync();
        }
        var whole = _buffer.AsMemory(_start.._end);
        _watch.TakeWhole(whole);
        return whole;
    }

    /// <summary>Whole events at the front of what is buffered, up to one that is kept back.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadEventsAsync()
    {
        while (true)
        {
            var from = _start;
            while (!_watch.IsDone && EventEnd(_start) is { } end)
            {
                if (!TryTakeEvent(_buffer.AsMemory(_start..end), out var isKept))
                    break;
                if (!isKept && _start > from)
                {
                    var before = _buffer.AsMemory(from.._start);
                    _start = end;
                    return before;
                }
                _start = end;
                if (!isKept)
                    from = end;
            }
            if (_start > from)
                return _buffer.AsMemory(from.._start);
            _failure?.Throw();
            if (_watch.IsDone)
            {
                _exchange.Complete();
                return default;
            }
            if (_isAtEnd)
                return End();
            await FillAsync();
        }
    }

    private ReadOnlyMemory<byte> End()
    {
        if (_start < _end)
        {
            // An event without the blank line after it is whole when its data is.
            var rest = _buffer.AsMemory(_start.._end);
            _start = _end;
            if (TryTakeRest(rest))
                return rest;
        }
        if (!_watch.IsDone && _watch.FinishReason is null)
            throw _exchange.Truncated();
        return default;
    }

    private bool TryTakeRest(ReadOnlyMemory<byte> rest)
    {
        try
        {
            return TakeEvent(rest);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What came before a failure is the program's: the failure is told after it.</summary>
    private bool TryTakeEvent(ReadOnlyMemory<byte> text, out bool isKept)
    {
        isKept = false;
        if (_failure is not null)
            return false;
        try
        {
            isKept = TakeEvent(text);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ProviderException)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            return false;
        }
    }

    /// <returns>False when the event is not the program's.</returns>
    private bool TakeEvent(ReadOnlyMemory<byte> text)
    {
        ReadOnlyMemory<byte> data = default;
        for (var line = 0; line < text.Length;)
        {
            var length = text.Span[line..].IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : line + length;
            if (text.Span[line..end].StartsWith("data:"u8))
            {
                var part = text[(line + 5)..end].Trim(" \r"u8);
                data = data.IsEmpty ? part : (ReadOnlyMemory<byte>)(byte[])[.. data.Span, (byte)'\n', .. part.Span];
            }
            line = end + 1;
        }
        return data.IsEmpty || _watch.Take(data);
    }

    /// <returns>Where the event that begins at a place ends, its blank line with it; null when it is not all there.</returns>
    private int? EventEnd(int start)
    {
        var text = _buffer.AsSpan(start.._end);
        for (var at = 0; at < text.Length;)
        {
            var line = text[at..].IndexOf((byte)'\n');
            if (line < 0)
                return null;
            at += line + 1;
            if (at < text.Length && text[at] is (byte)'\n')
                return start + at + 1;
            if (at + 1 < text.Length && text[at] is (byte)'\r' && text[at + 1] is (byte)'\n')
                return start + at + 2;
        }
        return null;
    }

    private async ValueTask FillAsync()
    {
        if (_start > 0 && _start == _end)
            (_start, _end) = (0, 0);
        if (_end == _buffer.Length)
            MakeRoom();
        var read = await _exchange.ReadAsync(_buffer.AsMemory(_end));
        _end += read;
        _isAtEnd = read == 0;
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        if (IsStream && length > LargestEvent)
            throw _exchange.Malformed("a piece of the stream is larger than 16 MB");
        var larger = length > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        _buffer.AsSpan(_start.._end).CopyTo(larger);
        if (larger != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (larger, 0, length);
    }

    private ProviderException WithUsage(ProviderException failure)
    {
        failure.Usage ??= _watch.Usage;
        return failure;
    }
}
