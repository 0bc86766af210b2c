using System.Text.Json;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Reads citations in the three forms services have for them.</summary>
internal static class OpenAiCitations
{
    /// <summary>Top-level <c>search_results[]</c> and <c>citations[]</c>.</summary>
    public static void Read(Citations found, JsonElement chunk)
    {
        if (Json.Array(chunk, "search_results") is { } results)
            foreach (var result in results.EnumerateArray())
                found.Add(Json.String(result, "url"), Json.String(result, "title"), Json.String(result, "snippet"));
        if (Json.Array(chunk, "citations") is { } citations)
            foreach (var citation in citations.EnumerateArray())
                found.Add(Json.Text(citation), title: null, snippet: null);
    }

    /// <summary><c>annotations[]</c> of a message.</summary>
    public static void ReadAnnotations(Citations found, JsonElement message)
    {
        if (Json.Array(message, "annotations") is { } annotations)
            foreach (var annotation in annotations.EnumerateArray())
                if (Json.Object(annotation, "url_citation") is { } citation)
                    found.Add(Json.String(citation, "url"), Json.String(citation, "title"), Json.String(citation, "content"));
    }
}
