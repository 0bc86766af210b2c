namespace Atrium.Ai;

/// <summary>What a person's account at a provider needs: key, settings, and maybe another address. Never printed.</summary>
public sealed class ProviderConnection
{
    /// <summary>The key, null where none is needed.</summary>
    public string? ApiKey { get; init; }

    /// <summary>An address that replaces the row's, null to keep it.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The row's further settings by name; secrets may be among them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of this type only: a connection holds secrets.</summary>
    public override string ToString() => nameof(ProviderConnection);

    internal string? Value(Provider provider, string name)
    {
        var value = name is "apiKey" ? ApiKey : null;
        if (string.IsNullOrWhiteSpace(value))
            value = Settings.GetValueOrDefault(name);
        if (string.IsNullOrWhiteSpace(value))
            value = provider.Settings.FirstOrDefault(setting => setting.Name == name)?.Default;
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    /// <summary>The models a person typed into the row's setting for them, separated by commas or white space.</summary>
    internal IReadOnlyList<string> TypedModels(Provider provider) =>
        provider.ModelsSetting is { } setting && Value(provider, setting) is { } typed
            ? [.. typed.Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>Every secret value of this connection, longest first, for scrubbing.</summary>
    internal IReadOnlyList<string> Secrets(Provider provider) =>
        [.. provider.Settings.Where(setting => setting.Secret).Select(setting => Value(provider, setting.Name))
            .Append(ApiKey?.Trim()).OfType<string>().Where(secret => secret.Length > 3)
            .Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)];
}
