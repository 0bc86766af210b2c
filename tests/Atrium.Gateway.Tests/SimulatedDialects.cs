using Atrium.Ai;
using Atrium.Simulators;

namespace Atrium.Gateway.Tests;

/// <summary>The dialects that a simulator speaks, each with a provider whose model has a price.</summary>
internal static class SimulatedDialects
{
    private static readonly (string Dialect, string Provider, string Model, Func<SimulatorHost, string> BaseUrl)[] All =
    [
        ("openai-chat", "openai", "gpt-5.4", simulator => simulator.OpenAiBaseUrl),
        ("anthropic-messages", "anthropic", "claude-haiku-4-5", simulator => simulator.AnthropicBaseUrl),
        ("gemini-generatecontent", "google-gemini", "gemini-3.8-flash", simulator => simulator.GeminiBaseUrl),
        ("ollama-chat", "ollama-cloud", "gpt-oss:120b", simulator => simulator.OllamaBaseUrl),
    ];

    public static IEnumerable<string> Providers => All.Select(row => row.Provider);

    public static string ModelOf(string provider) => All.Single(row => row.Provider == provider).Model;

    public static string BaseUrlOf(Provider provider, SimulatorHost simulator) => simulator.BaseUrlOf(provider.Dialect);

    /// <summary>What a person has to fill in beside the address and the key.</summary>
    public static Dictionary<string, string> SettingsOf(Provider provider)
    {
        var settings = provider.Settings.Where(setting => setting is { Required: true, IsAddress: false, Default: null } && setting.Name != "apiKey").ToDictionary(setting => setting.Name, _ => "one");
        if (provider.Authentication == ProviderAuthentication.IbmIam)
            settings["projectId"] = "one";
        if (provider.Authentication == ProviderAuthentication.OciSignature)
            (settings["fingerprint"], settings["privateKeyPem"]) = (SimulatedSecrets.OciFingerprint, SimulatedSecrets.OciPrivateKeyPem);
        return settings;
    }

    /// <summary>True when a request carries the key in one of its headers.</summary>
    public static bool Carries(this RecordedRequest request, string key) => request.Headers.Values.Any(value => value == key || value == "Bearer " + key);
}
