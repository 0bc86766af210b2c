using Atrium.Ai;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Gateway.Keys;

/// <summary>
/// Checks what a person typed to reach a provider. An address that cannot be used is always answered alike: misspelt, private, unknown, not
/// encrypted, or of another scheme. Only what is typed is resolved; nothing is dialled.
/// </summary>
internal sealed class AccountReader(HouseSettings house, GuardedHttp http)
{
    private const int LongestSetting = 8_000;
    private const int MostSettings = 20;

    /// <summary>Returns the account, or the problem that names the field.</summary>
    public async Task<(Account? Account, ProblemHttpResult? Problem)> ReadAsync(
        Provider provider, string? apiKey, string? baseUrl, IReadOnlyDictionary<string, string?>? given, CancellationToken cancellation)
    {
        var (secrets, settings) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        if (given?.Count > MostSettings)
            return (null, Problems.Invalid("settings", $"At most {MostSettings} settings."));
        foreach (var (name, value) in (given ?? new Dictionary<string, string?>()).Append(new("apiKey", apiKey ?? "")))
        {
            if (value is not null && string.IsNullOrWhiteSpace(value))
                continue;
            if (provider.Settings.FirstOrDefault(setting => setting.Name == name) is not { } known)
                return (null, name == "apiKey" ? Problems.Invalid("apiKey", $"{provider.Name} takes no key.") : Problems.Invalid("settings", $"{provider.Name} has no such setting."));
            if (value is null || !IsClean(known, value))
                return (null, Problems.Invalid(Account.FieldOf(name), "This is missing, too long, or has characters that cannot be part of it."));
            (known.Secret ? secrets : settings)[name] = value.Trim();
        }
        return await CompleteAsync(provider, secrets, string.IsNullOrWhiteSpace(baseUrl) ? null : baseUrl.Trim(), settings, cancellation);
    }

    /// <summary>As above, for a key that is to be stored: with its secret, and with all that its provider needs.</summary>
    public async Task<(Account? Account, ProblemHttpResult? Problem)> ReadWholeAsync(
        Provider provider, string? apiKey, string? baseUrl, IReadOnlyDictionary<string, string?>? given, CancellationToken cancellation)
    {
        var (account, problem) = await ReadAsync(provider, apiKey, baseUrl, given, cancellation);
        if (problem is not null)
            return (null, problem);
        if (!account!.HasSecrets)
            return (null, Problems.Invalid("apiKey", "The key is missing."));
        return account.FieldMissingFor(provider) is { } field ? (null, Problems.Invalid(field, $"{provider.Name} needs this.")) : (account, null);
    }

    /// <summary>Other secrets for a key that stays as it is otherwise.</summary>
    public async Task<(Account? Account, ProblemHttpResult? Problem)> ReadReplacementAsync(
        Provider provider, ProviderKey key, string? apiKey, IReadOnlyDictionary<string, string?>? secrets, CancellationToken cancellation)
    {
        if (secrets?.Keys.Any(name => provider.Settings.FirstOrDefault(setting => setting.Name == name) is not { Secret: true }) is true)
            return (null, Problems.Invalid("settings", "Only secrets are replaced here. For another address or other settings, store another key."));
        var settings = Account.ReadSettings(key.Settings).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
            .Concat(secrets ?? new Dictionary<string, string?>()).ToDictionary(StringComparer.Ordinal);
        return await ReadWholeAsync(provider, apiKey, key.BaseUrl, settings, cancellation);
    }

    private async Task<(Account?, ProblemHttpResult?)> CompleteAsync(
        Provider provider, Dictionary<string, string> secrets, string? baseUrl, Dictionary<string, string> settings, CancellationToken cancellation)
    {
        var typedIn = Account.AddressFieldOf(provider, baseUrl, settings);
        try
        {
            var origins = provider.Origins(settings, baseUrl);
            foreach (var origin in origins)
            {
                if (!await IsUsableAsync(new Uri(origin), typedIn is not null, cancellation))
                    return (null, AddressRefused.Problem(typedIn ?? "baseUrl"));
            }
            return (new Account { Secrets = secrets, BaseUrl = baseUrl, Settings = settings, Origins = origins }, null);
        }
        catch (UriFormatException)
        {
            // Letters that fold to dots pass the parser and fail where the host is asked for.
            return (null, AddressRefused.Problem(typedIn ?? "baseUrl"));
        }
        catch (ProviderException exception) when (exception.Field is null or "baseUrl" && typedIn is not null)
        {
            return (null, AddressRefused.Problem(typedIn));
        }
        catch (ProviderException exception)
        {
            return (null, Problems.Invalid(Account.FieldOf(exception.Field ?? "baseUrl"), $"{provider.Name} needs this, and it must be valid."));
        }
    }

    // Without TLS anybody on the way reads key and words; on a private host that the operator named that is their decision.
    private async Task<bool> IsUsableAsync(Uri origin, bool isTyped, CancellationToken cancellation) =>
        (origin.Scheme == Uri.UriSchemeHttps || house.PrivateHosts.Contains($"{origin.IdnHost}:{origin.Port}"))
        // The catalogue's addresses are judged when they are called: a key can be stored while the network is away.
        && (!isTyped || await http.AllowsAsync(origin, cancellation));

    // A key travels in a header; other secrets may be whole PEM files; an address is judged as one.
    private static bool IsClean(ProviderSetting setting, string value) => setting switch
    {
        { Name: "apiKey" } => value.Trim().Length <= Account.LongestKey && value.Trim().All(letter => letter is > ' ' and < '\x7f'),
        { IsAddress: true } => value.Length <= Account.LongestUrl,
        _ => value.Length <= LongestSetting && !value.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\t')),
    };
}

/// <summary>The one answer to every address the house may not reach, whatever the reason.</summary>
internal static class AddressRefused
{
    public const string Code = "address-refused";
    public const string Title = "This address cannot be used: it must be a public https address, or one the operator has allowed.";

    public static ProblemHttpResult Problem(string field)
    {
        var problem = Problems.Of(400, Code, Title);
        problem.ProblemDetails.Extensions["errors"] = new Dictionary<string, string[]> { [field] = [Title] };
        return problem;
    }
}
