using System.Buffers;
using System.Text.RegularExpressions;

namespace Atrium.Ai;

/// <summary>Fills a row's header templates from a connection.</summary>
internal static partial class ProviderHeaders
{
    private const int LongestValue = 8_192;

    private static readonly SearchValues<char> Printable =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x7F - 0x21).Select(value => (char)value)]);

    public static IReadOnlyList<KeyValuePair<string, string>> For(Provider provider, ProviderConnection connection)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, template) in provider.Headers)
            if (Fill(provider, connection, template) is { } value)
                headers.Add(KeyValuePair.Create(name, value));
        return headers;
    }

    /// <exception cref="ProviderException"><see cref="ProviderErrorKind.NotConfigured"/>: a required setting is missing.</exception>
    public static void CheckRequired(Provider provider, ProviderConnection connection)
    {
        foreach (var setting in provider.Settings.Where(setting => setting is { Required: true, IsAddress: false }))
            _ = connection.Value(provider, setting.Name) ?? throw ProviderException.NotConfigured(provider, setting.Name);
    }

    /// <summary>A setting as it may stand in a header; null when it is absent.</summary>
    public static string? Value(Provider provider, ProviderConnection connection, string setting) =>
        connection.Value(provider, setting) is { } value ? Checked(provider, setting, value) : null;

    /// <summary>Null when a setting of the template is absent.</summary>
    private static string? Fill(Provider provider, ProviderConnection connection, string template)
    {
        var isComplete = true;
        var filled = Placeholder().Replace(template, match =>
        {
            var setting = match.Groups["name"].Value;
            var value = Value(provider, connection, setting);
            isComplete &= value is not null;
            return value ?? "";
        });
        return isComplete ? filled : null;
    }

    /// <summary>A line break or a letter beyond ASCII cannot be in a header; a key with one was pasted wrong.</summary>
    private static string Checked(Provider provider, string setting, string value) =>
        value.Length <= LongestValue && !value.AsSpan().ContainsAnyExcept(Printable)
            ? value
            : throw ProviderException.NotConfigured(provider, setting);

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
