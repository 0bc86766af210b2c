using System.Text.Json;
using Atrium.Ai;
using Atrium.Platform.Http;

namespace Atrium.Gateway.Keys;

/// <summary>
/// What a person gave to reach a provider, checked by <see cref="AccountReader"/>: the secrets apart from what may be shown, and the origins that follow from both.
/// </summary>
internal sealed record Account
{
    public const int LongestKey = 1_000;
    public const int LongestUrl = 2_000;
    public const int LongestName = 100;

    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    public required string? BaseUrl { get; init; }

    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The only places the secrets may be sent to.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    public bool HasSecrets => Secrets.Count > 0;

    /// <returns>The request's field for a required setting that is not there, or null. A changed address stands in for the one in the settings.</returns>
    public string? FieldMissingFor(Provider provider)
    {
        var missing = provider.Settings.FirstOrDefault(setting => setting is { Required: true, Default: null }
            && !Secrets.ContainsKey(setting.Name) && !Settings.ContainsKey(setting.Name) && !(setting.IsAddress && BaseUrl is not null));
        return missing is null ? null : FieldOf(missing.Name);
    }

    public ProviderConnection ToConnection() => new()
    {
        ApiKey = Secrets.GetValueOrDefault("apiKey"),
        BaseUrl = BaseUrl,
        Settings = Settings.Concat(Secrets).Where(setting => setting.Key != "apiKey").ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>Says the type only: an account holds secrets.</summary>
    public override string ToString() => nameof(Account);

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonDefaults.Options);

    public static Dictionary<string, string> ReadSettings(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonDefaults.Options)!;

    /// <summary>The field of a request that a setting comes in.</summary>
    public static string FieldOf(string setting) => setting is "apiKey" or "baseUrl" ? setting : "settings." + setting;

    /// <returns>The field in which a person typed the address of the calls; null where the catalogue's counts.</returns>
    public static string? AddressFieldOf(Provider provider, string? baseUrl, IReadOnlyDictionary<string, string> settings)
    {
        if (!string.IsNullOrWhiteSpace(baseUrl))
            return "baseUrl";
        var typed = provider.Settings.FirstOrDefault(setting => setting.IsAddress && !string.IsNullOrWhiteSpace(settings.GetValueOrDefault(setting.Name)));
        return typed is null ? null : FieldOf(typed.Name);
    }
}

internal static class ConnectionAddress
{
    /// <summary>True when the calls go to an address that a person typed, not to the catalogue's.</summary>
    public static bool HasOwnAddress(this ProviderConnection connection, Provider provider) =>
        Account.AddressFieldOf(provider, connection.BaseUrl, connection.Settings) is not null;
}
