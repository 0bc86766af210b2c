using Atrium.Ai;

namespace Atrium.Gateway.Chat;

/// <summary>To which provider a model's name goes. <see cref="Model"/> is null when only the provider is known.</summary>
internal readonly record struct ModelAddress(string Provider, string? Model)
{
    /// <summary>
    /// <c>provider/model</c> goes to a provider the person can reach; everything else is an id of the chosen provider, many of which contain slashes themselves.
    /// </summary>
    /// <param name="chosen">Id of the chosen provider.</param>
    /// <param name="canReach">Tells whether the person has a way to a provider.</param>
    public static ModelAddress Of(string? name, string chosen, ProviderCatalogue catalogue, Func<string, bool> canReach)
    {
        if (string.IsNullOrWhiteSpace(name))
            return new ModelAddress(chosen, null);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var head = slash > 0 && slash < name.Length - 1 ? name[..slash] : "";
        if (head == chosen)
            return new ModelAddress(chosen, Bare(name, catalogue.Find(chosen), chosen));
        if (head.Length > 0 && canReach(head))
            return new ModelAddress(head, Bare(name, catalogue.Find(head), head));
        return catalogue.Find(head) is not null && !MayHaveSlashes(catalogue.Find(chosen))
            ? new ModelAddress(head, name[(slash + 1)..])
            : new ModelAddress(chosen, name);
    }

    /// <summary>Takes the provider's own id off the front. Where every model of a provider has a slash, a name with a single one is already whole (<c>openrouter/auto</c>).</summary>
    public static string Bare(string name, Provider? provider, string providerId)
    {
        var prefix = providerId + "/";
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
            return name;
        var rest = name[prefix.Length..];
        var isSlashed = provider is { Models.Count: > 0 } && provider.Models.All(id => id.Contains('/', StringComparison.Ordinal));
        return isSlashed && !rest.Contains('/', StringComparison.Ordinal) ? name : rest;
    }

    private static bool MayHaveSlashes(Provider? provider) =>
        provider is not null && (provider.Models.Count == 0 || provider.Models.Any(id => id.Contains('/', StringComparison.Ordinal)));
}
