using System.Net;
using System.Net.Sockets;

namespace Atrium.Platform.Http;

/// <summary>Tells addresses of the public internet from all others. Ranges: IANA special-purpose registries (RFC 6890 and updates).</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Looks public, yet inside Azure it is the machine's own host, which hands out credentials.
        "168.63.129.16/32",
    }.Select(text => IPNetwork.Parse(text))];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicInGlobalUnicast = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(text => IPNetwork.Parse(text))];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <returns>True only for a globally reachable unicast address; IPv4 inside IPv6 (mapped, NAT64) is judged as IPv4.</returns>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !Array.Exists(NotPublic, network => network.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0)
            return false;
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        if (Nat64.Contains(address))
            return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return GlobalUnicast.Contains(address) && !IsTunnelled(address) && !Array.Exists(NotPublicInGlobalUnicast, network => network.Contains(address));
    }

    /// <summary>ISATAP (RFC 5214): whatever the prefix, the last four bytes are an IPv4 address of the local network.</summary>
    private static bool IsTunnelled(IPAddress address)
    {
        var host = address.GetAddressBytes().AsSpan(8, 4);
        return (host[0] & 0xFD) == 0 && host[1] == 0 && host[2] == 0x5E && host[3] == 0xFE;
    }
}
