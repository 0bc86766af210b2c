using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Choices;
using Atrium.Gateway.Keys;

namespace Atrium.Gateway.Chat;

/// <summary>Where one call goes. <see cref="Provider"/> is null for Offline Lite; <see cref="Failure"/> says why nothing better was found.</summary>
internal sealed record ChatRoute
{
    public static readonly ChatRoute Offline = new();

    public Provider? Provider { get; init; }

    public string Model { get; init; } = "";

    public ProviderKey? Key { get; init; }

    /// <summary>Address and settings where no key carries them.</summary>
    public Choice? Keyless { get; init; }

    public ChatFailure? Failure { get; init; }

    public static ChatRoute Failed(ChatFailure failure) => new() { Failure = failure };
}
