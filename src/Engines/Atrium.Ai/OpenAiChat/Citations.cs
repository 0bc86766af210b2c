using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Collects the web pages an answer rests on, in the three forms services have for them. Addresses other than http(s) are dropped.</summary>
internal sealed class Citations
{
    private const int Most = 100;

    private readonly Dictionary<string, CitationAnnotation> _byAddress = new(StringComparer.Ordinal);

    /// <summary>Top-level <c>search_results[]</c> and <c>citations[]</c>.</summary>
    public void Read(JsonElement chunk)
    {
        if (Json.Array(chunk, "search_results") is { } results)
            foreach (var result in results.EnumerateArray())
                Add(Json.String(result, "url"), Json.String(result, "title"), Json.String(result, "snippet"));
        if (Json.Array(chunk, "citations") is { } citations)
            foreach (var citation in citations.EnumerateArray())
                Add(Json.Text(citation), title: null, snippet: null);
    }

    /// <summary><c>annotations[]</c> of a message.</summary>
    public void ReadAnnotations(JsonElement message)
    {
        if (Json.Array(message, "annotations") is { } annotations)
            foreach (var annotation in annotations.EnumerateArray())
                if (Json.Object(annotation, "url_citation") is { } citation)
                    Add(Json.String(citation, "url"), Json.String(citation, "title"), Json.String(citation, "content"));
    }

    /// <summary>Adds them as annotations of an empty text at the end.</summary>
    public void AddTo(IList<AIContent> contents)
    {
        if (_byAddress.Count > 0)
            contents.Add(new TextContent("") { Annotations = [.. _byAddress.Values] });
    }

    private void Add(string? address, string? title, string? snippet)
    {
        if (address is not { Length: <= 2_000 } || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            return;
        if (_byAddress.TryGetValue(address, out var known))
            known.Title ??= Short(title);
        else if (_byAddress.Count < Most)
            _byAddress[address] = new CitationAnnotation { Url = url, Title = Short(title), Snippet = Short(snippet) };
    }

    private static string? Short(string? text) => text is { Length: > 500 } ? text[..500] : text;
}
