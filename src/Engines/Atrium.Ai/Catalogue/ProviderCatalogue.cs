using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atrium.Ai;

/// <summary>All providers, in the order they are shown.</summary>
public sealed class ProviderCatalogue
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private static readonly Lazy<ProviderCatalogue> Embedded = new(ReadEmbedded);

    private readonly Dictionary<string, Provider> _byId;

    /// <summary>A catalogue of the given rows.</summary>
    /// <exception cref="ArgumentException">Two rows have the same id.</exception>
    public ProviderCatalogue(IReadOnlyList<Provider> providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        Providers = providers;
        _byId = providers.ToDictionary(provider => provider.Id, StringComparer.Ordinal);
    }

    /// <summary>The catalogue that comes with this library.</summary>
    public static ProviderCatalogue Default => Embedded.Value;

    /// <summary>All rows.</summary>
    public IReadOnlyList<Provider> Providers { get; }

    /// <summary>The row of an id, or null.</summary>
    public Provider? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    /// <summary>
    /// The rows a key probably belongs to, best guess first: longer prefixes win, and a row whose whole pattern matches wins over a prefix.
    /// Empty when the key says nothing about its origin.
    /// </summary>
    public IReadOnlyList<Provider> Recognise(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return [.. Providers
            .Select(provider => (Provider: provider, Score: KeyHint.Score(provider, key)))
            .Where(guess => guess.Score > 0)
            .OrderByDescending(guess => guess.Score)
            .Select(guess => guess.Provider)];
    }

    /// <summary>Reads rows in the format of <c>providers.json</c>.</summary>
    /// <exception cref="JsonException">A field is missing, unknown or of the wrong type.</exception>
    public static ProviderCatalogue Read(Stream json) =>
        new(JsonSerializer.Deserialize<List<Provider>>(json, Json) ?? throw new JsonException("The catalogue is null."));

    private static ProviderCatalogue ReadEmbedded()
    {
        using var json = typeof(ProviderCatalogue).Assembly.GetManifestResourceStream("providers.json")
            ?? throw new InvalidOperationException("providers.json is not embedded.");
        return Read(json);
    }
}
