using System.Text.Json;

namespace Atrium.Gateway.Chat;

/// <summary>Which model a persona speaks with at each provider when its person has chosen none.</summary>
internal sealed class PersonaModels(IEnumerable<PersonaModels.Row> rows)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Dictionary<(string Persona, string Provider), string> models = rows.ToDictionary(row => (row.Persona, row.Provider), row => row.Model);

    internal sealed record Row(string Persona, string Provider, string Model);

    public IReadOnlyCollection<(string Persona, string Provider)> Keys => models.Keys;

    public string? Find(string? persona, string provider) => persona is null ? null : models.GetValueOrDefault((persona, provider));

    public static PersonaModels ReadEmbedded()
    {
        using var json = typeof(PersonaModels).Assembly.GetManifestResourceStream("persona-models.json")
            ?? throw new InvalidOperationException("persona-models.json is not embedded.");
        return new PersonaModels(JsonSerializer.Deserialize<List<Row>>(json, Json) ?? throw new JsonException("The persona models are null."));
    }
}
