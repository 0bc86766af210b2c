using System.Net;
using System.Net.Sockets;
using Atrium.Platform.Configuration;

namespace Atrium.Platform.Http;

/// <summary>Refused before anything was dialled: the address is not one the house may reach. Says the same whatever the reason.</summary>
public sealed class AddressRefusedException() : Exception("This address cannot be used.");

/// <summary>Seam for tests: how names become addresses.</summary>
public delegate Task<IPAddress[]> ResolveAddresses(string host, CancellationToken cancellation);

/// <summary>Seam for tests: how a checked address is dialled.</summary>
public delegate Task<Stream> DialAddress(IPEndPoint endPoint, CancellationToken cancellation);

/// <summary>
/// The one way out to addresses a person can influence: resolves once, checks every address, connects to the checked address,
/// follows no redirect, uses no proxy of the environment, keeps no cookies. A name that cannot be resolved is refused like a private one:
/// whoever asks learns nothing about the names of the network the house stands in.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Shorter than the time to connect, so that a name nobody answers for ends as an unknown one does.
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(4);

    private readonly SocketsHttpHandler handler;
    private readonly IReadOnlySet<string> privateHosts;
    private readonly ResolveAddresses resolve;
    private readonly DialAddress dial;

    public GuardedHttp(HouseSettings settings, ResolveAddresses? resolve = null, DialAddress? dial = null)
    {
        privateHosts = settings.PrivateHosts;
        this.resolve = resolve ?? Dns.GetHostAddressesAsync;
        this.dial = dial ?? DialAsync;
        handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
        };
        Invoker = new HttpMessageInvoker(handler, disposeHandler: false);
    }

    /// <summary>Sends requests without any time limit of its own; the caller brings cancellation and size caps.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>As <see cref="Invoker"/>, for what is read whole: a body that is larger breaks off with an <see cref="HttpIOException"/>.</summary>
    /// <param name="mostBytes">Bytes of one body.</param>
    public HttpMessageInvoker CappedAt(long mostBytes) => new(new CappedHandler(handler, mostBytes), disposeHandler: false);

    /// <summary>Judges an address as a connection to it would; nothing is dialled. False also when its name cannot be resolved in time.</summary>
    public async Task<bool> AllowsAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            return (await FindAsync(address.IdnHost, address.Port, cancellation)).Length > 0;
        }
        catch (Exception exception) when (exception is AddressRefusedException or SocketException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        Invoker.Dispose();
        handler.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        Exception? last = null;
        foreach (var address in await FindAsync(target.Host, target.Port, cancellation))
        {
            try
            {
                return await dial(new IPEndPoint(address, target.Port), cancellation);
            }
            catch (SocketException exception)
            {
                last = exception;
            }
        }
        throw last!;
    }

    /// <returns>At least one address, each of which may be dialled.</returns>
    private async Task<IPAddress[]> FindAsync(string host, int port, CancellationToken cancellation)
    {
        if (privateHosts.Contains($"{host.ToLowerInvariant()}:{port}"))
            return await ResolveAsync(host, cancellation);
        try
        {
            var addresses = await ResolveAsync(host, cancellation);
            return Array.TrueForAll(addresses, PublicAddress.IsPublic) ? addresses : throw new AddressRefusedException();
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new AddressRefusedException();
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(ResolveTimeout);
        try
        {
            var addresses = await resolve(host, timeout.Token).WaitAsync(timeout.Token);
            return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.NoData);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TryAgain);
        }
    }

    private static async Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellation)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
