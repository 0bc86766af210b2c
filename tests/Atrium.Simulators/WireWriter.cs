using System.Buffers;
using System.Text;

namespace Atrium.Simulators;

/// <summary>Puts a body on the wire the way a reply wants it: in pieces, slowly, cut or stalled.</summary>
internal sealed class WireWriter(HttpContext http, Reply reply, IWire wire, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly ArrayBufferWriter<byte> _held = new();
    private long _sent;
    private int _tokens;

    /// <summary>Sends an event or another part of the body.</summary>
    public async Task WriteAsync(string text)
    {
        var ends = reply.LineEnds switch { "crlf" => "\r\n", "cr" => "\r", _ => "\n" };
        var bytes = Encoding.UTF8.GetBytes(ends == "\n" ? text : text.Replace("\n", ends, StringComparison.Ordinal));
        await WriteAsync(bytes);
    }

    /// <summary>Sends a part of a body that is not text.</summary>
    public async Task WriteAsync(byte[] bytes)
    {
        if (reply.BytesPerWrite is 0)
            _held.Write(bytes);
        else
            await SendAsync(bytes);
    }

    /// <summary>Misbehaves, if the reply wants it, when half of the words are sent.</summary>
    public async Task MisbehaveAfterAsync(int word, int words)
    {
        if (word != words / 2)
            return;
        if (reply.Fault is Fault.BrokenChunk)
            await WriteAsync(wire.BrokenPiece);
        if (reply.Fault is not Fault.ErrorInside)
            return;
        await WriteAsync(wire.ErrorPiece);
        await EndAsync();
        throw new BodyEndedException();
    }

    /// <summary>Waits until the next word may go.</summary>
    public async Task PaceAsync()
    {
        if (reply.TokensPerSecond is not > 0)
            return;
        // Counted from the start, so that the pace holds however late each timer is.
        var due = TimeSpan.FromSeconds(_tokens++ / reply.TokensPerSecond.Value) - clock.GetElapsedTime(_start);
        if (due > TimeSpan.Zero)
            await Task.Delay(due, clock, http.RequestAborted);
    }

    /// <summary>Sends what was held back.</summary>
    public async Task EndAsync()
    {
        if (_held.WrittenCount > 0)
            await SendAsync(_held.WrittenMemory);
        _held.ResetWrittenCount();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var limit = reply.Fault is Fault.Cut or Fault.EndEarly or Fault.Stall ? reply.FaultAt ?? 0 : long.MaxValue;
        bytes = bytes[..(int)Math.Min(bytes.Length, Math.Max(0, limit - _sent))];
        _sent += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var size = reply.BytesPerSecond is not null ? 1 : reply.BytesPerWrite is > 0 and { } some ? some : bytes.Length;
            await http.Response.Body.WriteAsync(bytes[..Math.Min(size, bytes.Length)], http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            bytes = bytes[Math.Min(size, bytes.Length)..];
            if (reply.BytesPerSecond is > 0)
                await Task.Delay(TimeSpan.FromSeconds(1 / reply.BytesPerSecond.Value), clock, http.RequestAborted);
        }
        if (_sent >= limit)
            throw new BodyEndedException();
    }
}

/// <summary>The point was reached where the reply's body goes wrong.</summary>
internal sealed class BodyEndedException() : Exception("The body ends here.");
