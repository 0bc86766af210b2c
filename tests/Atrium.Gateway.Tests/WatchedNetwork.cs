using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>The network as a test tells it: names resolve here, and whoever is dialled is written down and does not answer.</summary>
internal sealed class WatchedNetwork
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["public.example"] = ["93.184.216.34"],
        ["localhost"] = ["127.0.0.1", "::1"],
        ["localhost.localdomain"] = ["127.0.0.1"],
        ["foo.localhost"] = ["127.0.0.1"],
        ["ip6-localhost"] = ["::1"],
        ["ip6-loopback"] = ["::1"],
        ["metadata.google.internal"] = ["169.254.169.254"],
        ["metadata"] = ["169.254.169.254"],
        ["instance-data"] = ["169.254.169.254"],
        ["host.docker.internal"] = ["172.17.0.1"],
        ["kubernetes.default.svc"] = ["10.96.0.1"],
        ["kubernetes.default.svc.cluster.local"] = ["10.96.0.1"],
        ["postgres"] = ["172.18.0.2"],
        ["redis"] = ["172.18.0.3"],
        ["intranet"] = ["192.168.1.2"],
        ["printer.local"] = ["169.254.7.7"],
        ["router.lan"] = ["192.168.1.1"],
        ["inside.example"] = ["192.168.1.10"],
        ["loopback.example"] = ["127.0.0.1"],
        ["127.0.0.1.nip.example"] = ["127.0.0.1"],
        ["half.example"] = ["93.184.216.34", "10.0.0.5"],
        ["half-backwards.example"] = ["10.0.0.5", "93.184.216.34"],
        ["mapped.example"] = ["::ffff:10.0.0.1"],
        ["nat64.example"] = ["64:ff9b::a9fe:a9fe"],
        ["sixtofour.example"] = ["2002:7f00:1::1"],
        ["unique-local.example"] = ["fd00::1"],
        ["link-local.example"] = ["fe80::1%2"],
        ["carrier.example"] = ["100.64.0.1"],
        ["zero.example"] = ["0.0.0.0"],
        ["broadcast.example"] = ["255.255.255.255"],
        ["azure-host.example"] = ["168.63.129.16"],
        ["empty.example"] = [],
    };

    private readonly ConcurrentQueue<IPEndPoint> dialled = new();

    public IReadOnlyCollection<IPEndPoint> Dialled => dialled;

    /// <summary>Put before the table, for names whose answer changes.</summary>
    public Func<string, string[]?> Answers { get; set; } = _ => null;

    public void Use(IServiceCollection services) => services.AddSingleton(provider => new GuardedHttp(provider.GetRequiredService<HouseSettings>(), ResolveAsync, DialAsync));

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        var name = host.TrimEnd('.');
        if (name == "slow.example")
            return Task.FromCanceled<IPAddress[]>(new CancellationToken(canceled: true));
        if (name == "throws.example")
            throw new ArgumentOutOfRangeException(nameof(host));
        // As the system's resolver does, whatever remains of a number is read as an address.
        if (IPAddress.TryParse(name, out var number))
            return Task.FromResult<IPAddress[]>([number]);
        return (Answers(name) ?? Names.GetValueOrDefault(name)) is { } addresses
            ? Task.FromResult(addresses.Select(IPAddress.Parse).ToArray())
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }

    private Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellation)
    {
        dialled.Enqueue(endPoint);
        return Task.FromException<Stream>(new SocketException((int)SocketError.ConnectionRefused));
    }
}
