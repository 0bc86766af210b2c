using System.Text.Json;
using Atrium.Platform.Http;

namespace Atrium.Accounts.People;

internal enum PreferredLocale
{
    En,
    Es,
    Vi,
}

internal enum PreferredTheme
{
    Auto,
    Light,
    Dark,
}

internal enum PreferredPersona
{
    Diszi,
    Zily,
}

/// <summary>How a person likes the house. Stored as JSON; a field that is not stored has its default.</summary>
internal sealed record Preferences
{
    public PreferredLocale Locale { get; init; }

    public PreferredTheme Theme { get; init; }

    public bool EnterSends { get; init; } = true;

    public bool HideProviderPrompt { get; init; }

    public PreferredPersona Persona { get; init; }

    public bool Notify { get; init; }

    public static Preferences Parse(string json) => JsonSerializer.Deserialize<Preferences>(json, JsonDefaults.Options)!;

    public string ToJson() => JsonSerializer.Serialize(this, JsonDefaults.Options);
}
