using Atrium.Ai;

namespace Atrium.Gateway.Providers;

/// <summary>Hosts that a key of a provider is sent to when no address is changed; none where they follow from settings.</summary>
internal static class KeyHosts
{
    public static IReadOnlyList<string> Of(Provider provider)
    {
        try
        {
            return [.. provider.Origins(null).Select(origin => new Uri(origin).Host)];
        }
        catch (ProviderException)
        {
            return [];
        }
    }
}
