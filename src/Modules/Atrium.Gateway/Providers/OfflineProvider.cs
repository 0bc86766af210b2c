namespace Atrium.Gateway.Providers;

/// <summary>Offline Lite as a choice among the providers: always there, no key, no network, no cost.</summary>
internal static class OfflineProvider
{
    public const string Id = "offline";
    public const string Name = "Offline Lite";
    public const string Model = "offline-lite";
}
