using Atrium.Ai;
using Atrium.Simulators;

namespace Atrium.Gateway.Tests;

/// <summary>A provider behind which a simulator speaks its dialect.</summary>
/// <param name="Model">A chat model; that of the first four has a price.</param>
/// <param name="Vectors">A model that makes embeddings, null where the dialect has none.</param>
/// <param name="Pictures">A model that makes pictures, null where the dialect has none.</param>
internal sealed record SimulatedDialect(string Provider, string Model, string? Vectors = null, string? Pictures = null)
{
    /// <summary>Replicate's models call no tools.</summary>
    public bool CallsTools => Provider != "replicate";
}

/// <summary>The dialects that a simulator speaks.</summary>
internal static class SimulatedDialects
{
    public static readonly IReadOnlyList<SimulatedDialect> All =
    [
        new("openai", "gpt-5.4", "text-embedding-3-small", "gpt-image-2"),
        new("anthropic", "claude-haiku-4-5"),
        new("google-gemini", "gemini-3.8-flash", "gemini-embedding-001", "gemini-3-pro-image"),
        new("ollama-cloud", "gpt-oss:120b"),
        new("ollama", "llama3.2", "nomic-embed-text"),
        new("azure-openai", "gpt-5.4", "text-embedding-3-small", "gpt-image-2"),
        new("cohere", "command-a-03-2025", "embed-v4.0"),
        new("amazon-bedrock", "anthropic.claude-sonnet-4-6", "amazon.titan-embed-text-v2:0", "amazon.nova-canvas-v1:0"),
        new("ibm-watsonx", "ibm/granite-4-h-small", "ibm/slate-125m-english-rtrvr-v2"),
        new("oracle-cloud-ai", "meta.llama-3.3-70b-instruct", "cohere.embed-v4.0"),
        new("replicate", "meta/llama-3-70b-instruct"),
    ];

    /// <summary>The four dialects most providers speak.</summary>
    public static IEnumerable<string> Providers => All.Take(4).Select(row => row.Provider);

    public static SimulatedDialect Of(string provider) => All.Single(row => row.Provider == provider);

    public static string ModelOf(string provider) => Of(provider).Model;

    /// <summary>What to send so that a person's calls go to the simulator under a provider's name.</summary>
    public static object ChoiceOf(string id, SimulatorHost simulator)
    {
        var provider = ProviderCatalogue.Default.Find(id)!;
        var takesKey = provider.NeedsKey && provider.Settings.Any(setting => setting.Name == "apiKey");
        return new { provider = id, apiKey = takesKey ? Talk.NewKey() : null, baseUrl = BaseUrlOf(provider, simulator), settings = SettingsOf(provider) };
    }

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
