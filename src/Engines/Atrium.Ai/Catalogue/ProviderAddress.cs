using System.Text.RegularExpressions;

namespace Atrium.Ai;

/// <summary>Turns a row's address templates and a person's settings into addresses.</summary>
internal static partial class ProviderAddress
{
    private const int LongestInQuery = 300;

    public static Uri Base(Provider provider, ProviderConnection connection) =>
        Parse(provider, Override(provider, connection.Settings, connection.BaseUrl)
            ?? Fill(provider, Template(provider), name => connection.Value(provider, name)));

    public static Uri Join(Provider provider, ProviderConnection connection, string path, string? model = null)
    {
        var filled = Fill(provider, path, name =>
            name is "model" ? Uri.EscapeDataString(model ?? "") : connection.Value(provider, name));
        if (!IsAbsolute(filled))
            return new Uri(WithoutPath(Base(provider, connection).AbsoluteUri.TrimEnd('/'), provider.ChatPath) + filled);
        // On a host of its own, unless the person's address stands for all of them.
        return Override(provider, connection.Settings, connection.BaseUrl) is { } own
            ? new Uri(Parse(provider, own).AbsoluteUri.TrimEnd('/') + filled[filled.IndexOf('/', "https://".Length)..])
            : new Uri(filled);
    }

    /// <summary>True for a path of a row that names its host, too.</summary>
    public static bool IsAbsolute(string path) => path.StartsWith("https://", StringComparison.Ordinal);

    public static IReadOnlyList<string> Origins(Provider provider, IReadOnlyDictionary<string, string>? settings, string? baseUrl)
    {
        var connection = new ProviderConnection { BaseUrl = baseUrl, Settings = settings ?? new Dictionary<string, string>() };
        var origins = new SortedSet<string>(StringComparer.Ordinal) { Origin(Base(provider, connection)) };
        if (Override(provider, connection.Settings, baseUrl) is null)
            foreach (var template in provider.ExtraOrigins)
                origins.Add(Origin(Parse(provider, Fill(provider, template, name => connection.Value(provider, name)))));
        return [.. origins];
    }

    /// <summary>People paste the whole address of the call, or its beginning, as often as the base of it.</summary>
    private static string WithoutPath(string address, string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
            if (address.EndsWith(path[..end], StringComparison.OrdinalIgnoreCase))
                return address[..^end];
        return address;
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string Template(Provider provider) => provider.BaseUrl ?? throw ProviderException.NotConfigured(provider, "baseUrl");

    private static string? Override(Provider provider, IReadOnlyDictionary<string, string> settings, string? baseUrl)
    {
        if (!string.IsNullOrWhiteSpace(baseUrl))
            return baseUrl.Trim();
        foreach (var setting in provider.Settings.Where(setting => setting.IsAddress))
        {
            if (settings.GetValueOrDefault(setting.Name) is { } value && !string.IsNullOrWhiteSpace(value))
                return value.Trim();
            if (setting.Required)
                throw ProviderException.NotConfigured(provider, setting.Name);
        }
        return null;
    }

    private static Uri Parse(Provider provider, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http"
            && uri is { UserInfo: "", Query: "", Fragment: "", Host.Length: > 0 }
            ? uri
            : throw ProviderException.NotConfigured(provider, "baseUrl");

    private static string Fill(Provider provider, string template, Func<string, string?> value)
    {
        var query = template.IndexOf('?', StringComparison.Ordinal);
        return Placeholder().Replace(template, match =>
        {
            var name = match.Groups["name"].Value;
            var text = value(name) ?? throw ProviderException.NotConfigured(provider, name);
            if (query >= 0 && match.Index > query && text.Length <= LongestInQuery)
                return Uri.EscapeDataString(text);
            // A setting is one label or one path segment: nothing in it may move the call to another host.
            return name is "model" || (text.Length <= 100 && Segment().IsMatch(text)) ? text : throw ProviderException.NotConfigured(provider, name);
        });
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Segment();
}
