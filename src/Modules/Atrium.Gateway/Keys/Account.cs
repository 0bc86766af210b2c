using System.Text.Json;
using Atrium.Ai;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Gateway.Keys;

/// <summary>
/// What a person gave to reach a provider, checked: the secrets apart from what may be shown, and the origins that follow from both.
/// </summary>
internal sealed record Account
{
    public const int LongestKey = 1_000;
    public const int LongestUrl = 2_000;
    public const int LongestName = 100;
    private const int LongestSetting = 8_000;
    private const int MostSettings = 20;

    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    public required string? BaseUrl { get; init; }

    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The only places the secrets may be sent to.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    public bool HasSecrets => Secrets.Count > 0;

    /// <summary>Checks a person's words. Returns the account, or the problem that names the field.</summary>
    public static (Account? Account, ProblemHttpResult? Problem) Read(
        Provider provider, HouseSettings house, string? apiKey, string? baseUrl, IReadOnlyDictionary<string, string?>? given)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (given?.Count > MostSettings)
            return (null, Problems.Invalid("settings", $"At most {MostSettings} settings."));
        foreach (var (name, value) in (given ?? new Dictionary<string, string?>()).Append(new("apiKey", apiKey ?? "")))
        {
            if (value is not null && string.IsNullOrWhiteSpace(value))
                continue;
            if (provider.Settings.FirstOrDefault(setting => setting.Name == name) is not { } known)
                return (null, name == "apiKey" ? Problems.Invalid("apiKey", $"{provider.Name} takes no key.") : Problems.Invalid("settings", $"{provider.Name} has no such setting."));
            if (value is null || !IsClean(name, value))
                return (null, Problems.Invalid(FieldOf(name), "This is missing, too long, or has characters that cannot be part of it."));
            (known.Secret ? secrets : settings)[name] = value.Trim();
        }
        return Complete(provider, house, secrets, string.IsNullOrWhiteSpace(baseUrl) ? null : baseUrl.Trim(), settings);
    }

    private static (Account?, ProblemHttpResult?) Complete(
        Provider provider, HouseSettings house, Dictionary<string, string> secrets, string? baseUrl, Dictionary<string, string> settings)
    {
        try
        {
            var origins = provider.Origins(settings, baseUrl);
            if (!origins.All(origin => IsSafe(new Uri(origin), house)))
                return (null, Problems.Of(400, AddressRefused.Code, AddressRefused.Title));
            return (new Account { Secrets = secrets, BaseUrl = baseUrl, Settings = settings, Origins = origins }, null);
        }
        catch (ProviderException exception)
        {
            return (null, Problems.Invalid(FieldOf(exception.Field ?? "baseUrl"), $"{provider.Name} needs this, and it must be valid."));
        }
    }

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

    private static string FieldOf(string setting) => setting is "apiKey" or "baseUrl" ? setting : "settings." + setting;

    // A key travels in a header; other secrets may be whole PEM files.
    private static bool IsClean(string name, string value) => name == "apiKey"
        ? value.Trim().Length <= LongestKey && value.Trim().All(letter => letter is > ' ' and < '\x7f')
        : value.Length <= LongestSetting && !value.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\t'));

    // Without TLS anybody on the way reads key and words; on a private host that the operator named that is their decision.
    private static bool IsSafe(Uri origin, HouseSettings house) =>
        origin.Scheme == Uri.UriSchemeHttps || house.PrivateHosts.Contains($"{origin.IdnHost}:{origin.Port}");
}

/// <summary>The one answer to every address the house may not reach, whatever the reason.</summary>
internal static class AddressRefused
{
    public const string Code = "address-refused";
    public const string Title = "This address cannot be used: it must be a public https address, or one the operator has allowed.";
}
