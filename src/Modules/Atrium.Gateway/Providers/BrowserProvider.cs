using Atrium.Contracts.Gateway;

namespace Atrium.Gateway.Providers;

/// <summary>Ollama on the person's own machine: their browser talks to it, the house cannot. It is named in conversations and is no choice here.</summary>
internal static class BrowserProvider
{
    public const string Id = ChatRouted.Browser;
    public const string Name = ChatRouted.BrowserName;
    public const string Prefix = Id + "/";

    public static bool Owns(string model) => model.StartsWith(Prefix, StringComparison.Ordinal);
}
