using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Models;
using Atrium.Gateway.Providers;

namespace Atrium.Gateway.Chat;

/// <summary>Where one call goes, or with <see cref="Failure"/> where it should have gone and why it cannot.</summary>
internal sealed record ChatRoute
{
    public static readonly ChatRoute Offline = new() { ProviderId = OfflineProvider.Id, ProviderName = OfflineProvider.Name, Model = OfflineProvider.Model };

    public static readonly ChatRoute Browser = new() { ProviderId = BrowserProvider.Id, ProviderName = BrowserProvider.Name, Failure = Failures.BrowserOnly };

    public required string ProviderId { get; init; }

    public required string ProviderName { get; init; }

    /// <summary>Null for Offline Lite, and for a provider the catalogue does not know.</summary>
    public Provider? Provider { get; init; }

    /// <summary>Empty when none could be found.</summary>
    public string Model { get; init; } = "";

    public ProviderKey? Key { get; init; }

    /// <summary>How to reach the provider; null where there is a <see cref="Failure"/> or nothing to reach.</summary>
    public ModelSource? Source { get; init; }

    public ChatFailure? Failure { get; init; }

    public bool IsOffline => ProviderId == OfflineProvider.Id;

    /// <summary>True for what runs on the house's or the person's own machine: it costs nobody a price per token.</summary>
    public bool IsFree => IsOffline || Provider is { Categories: ["local"], NeedsKey: false };

    /// <summary>True when a call would go the same way.</summary>
    public bool IsSameAs(ChatRoute other) => ProviderId == other.ProviderId && Model == other.Model && Source?.Identity == other.Source?.Identity;

    /// <summary>True for a model on the person's own machine: what it was asked is never sent to anybody else instead.</summary>
    public bool IsBrowser => ProviderId == BrowserProvider.Id;

    public static ChatRoute To(Provider provider) => new() { ProviderId = provider.Id, ProviderName = provider.Name, Provider = provider };
}
