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
/// follows no redirect, uses no proxy of the environment, keeps no cookies.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

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

    public void Dispose()
    {
        Invoker.Dispose();
        handler.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var isAllowed = privateHosts.Contains($"{target.Host.ToLowerInvariant()}:{target.Port}");
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellation);
        if (addresses.Length == 0 || (!isAllowed && !Array.TrueForAll(addresses, PublicAddress.IsPublic)))
            throw new AddressRefusedException();
        Exception? last = null;
        foreach (var address in addresses)
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
