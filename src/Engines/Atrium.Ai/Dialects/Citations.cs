using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Collects the web pages an answer rests on. Addresses other than http(s) are dropped.</summary>
internal sealed class Citations
{
    private const int Most = 100;

    private readonly Dictionary<string, CitationAnnotation> _byAddress = new(StringComparer.Ordinal);

    public void Add(string? address, string? title, string? snippet)
    {
        if (address is not { Length: <= 2_000 } || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            return;
        if (_byAddress.TryGetValue(address, out var known))
            known.Title ??= Short(title);
        else if (_byAddress.Count < Most)
            _byAddress[address] = new CitationAnnotation { Url = url, Title = Short(title), Snippet = Short(snippet) };
    }

    /// <summary>Adds them as annotations of an empty text at the end.</summary>
    public void AddTo(IList<AIContent> contents)
    {
        if (_byAddress.Count > 0)
            contents.Add(new TextContent("") { Annotations = [.. _byAddress.Values] });
    }

    private static string? Short(string? text) => text is { Length: > 500 } ? text[..500] : text;
}
