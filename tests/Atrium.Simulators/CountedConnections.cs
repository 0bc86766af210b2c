using System.Net.Sockets;

namespace Atrium.Simulators;

/// <summary>An HTTP client that knows how many of its connections are open.</summary>
public sealed class CountedConnections : IDisposable
{
    private readonly SocketsHttpHandler _handler;
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;
    private bool _isDisposed;

    public CountedConnections()
    {
        _handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync };
        Http = new HttpMessageInvoker(_handler);
    }

    /// <summary>Follows no redirect and uses no proxy.</summary>
    public HttpMessageInvoker Http { get; }

    /// <summary>Connections that are open now, idle ones of the pool included.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Completes when the client is gone and its last connection is closed.</summary>
    public Task AllClosed => _allClosed.Task;

    /// <summary>Closes idle connections; one that somebody forgot stays open.</summary>
    public void Dispose()
    {
        Http.Dispose();
        _isDisposed = true;
        Check();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        Interlocked.Increment(ref _open);
        return new CountedStream(socket, Closed);
    }

    private void Closed()
    {
        Interlocked.Decrement(ref _open);
        Check();
    }

    private void Check()
    {
        if (_isDisposed && Volatile.Read(ref _open) == 0)
            _allClosed.TrySetResult();
    }

    private sealed class CountedStream(Socket socket, Action closed) : NetworkStream(socket, ownsSocket: true)
    {
        private int _isClosed;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
                closed();
        }
    }
}
