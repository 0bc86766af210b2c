using System.Net;

namespace Atrium.Gateway.ApiKeys;

/// <summary>What an API key may do. An empty list allows everything of its kind.</summary>
internal sealed record ApiKeyScope(IReadOnlyList<string> Models, IReadOnlyList<string> Endpoints, IReadOnlyList<string> Addresses)
{
    public bool AllowsEndpoint(string endpoint) => Endpoints.Count == 0 || Endpoints.Contains(endpoint, StringComparer.Ordinal);

    /// <summary>Judges where a call really goes, not what it was called by.</summary>
    public bool AllowsModel(string provider, string model) => Models.Count == 0 || Models.Any(pattern => Matches(pattern, model) || Matches(pattern, provider + "/" + model));

    public bool AllowsAddress(IPAddress? address)
    {
        if (Addresses.Count == 0)
            return true;
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Addresses.Any(text => Parse(text) is { } network && network.Contains(plain));
    }

    /// <returns>Null when the text is neither an address nor a network.</returns>
    public static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : name == pattern;
}
