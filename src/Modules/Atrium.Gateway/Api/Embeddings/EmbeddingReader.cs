using System.Text.Json;
using Atrium.Contracts.Gateway;

namespace Atrium.Gateway.Api.Embeddings;

/// <summary>What a program wants embedded, and how it wants the vectors written.</summary>
internal sealed record EmbeddingRequest(EmbeddingCall Call, bool AsBase64);

/// <summary>Reads a request for vectors in OpenAI's format.</summary>
internal static class EmbeddingReader
{
    private const int MostTexts = 2_048;
    private const int MostTokens = 300_000;
    private const int LongestVector = 65_536;
    private const string What = "a text, an array of texts, an array of token numbers, or an array of such arrays";

    public static EmbeddingRequest Read(JsonElement body, Guid personId)
    {
        var input = body.Member("input") ?? throw ApiException.Invalid("input", "'input' is missing.");
        var tokens = ReadTokens(input);
        var call = new EmbeddingCall
        {
            PersonId = personId,
            Module = ApiAnswering.Module,
            Model = ApiRequest.ReadModel(body),
            Texts = tokens is null ? ReadTexts(input) : [],
            Tokens = tokens,
            Dimensions = body.Count("dimensions") is { } dimensions ? dimensions <= LongestVector ? dimensions : throw ApiJson.Wrong("dimensions", $"at most {LongestVector}") : null,
            AreQueries = body.Text("input_type") is "query" or "search_query",
            User = body.Text("user"),
        };
        return new EmbeddingRequest(call, body.Text("encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw ApiJson.Wrong("encoding_format", "float or base64"),
        });
    }

    private static List<string> ReadTexts(JsonElement input)
    {
        var texts = input.ValueKind switch
        {
            JsonValueKind.String => [input.Words("input")],
            JsonValueKind.Array => input.EnumerateArray().Select(text => text.Is(JsonValueKind.String) ? text.Words("input") : throw ApiJson.Wrong("input", What)).ToList(),
            _ => throw ApiJson.Wrong("input", What),
        };
        return texts.Count is > 0 and <= MostTexts && !texts.Exists(string.IsNullOrWhiteSpace) ? texts
            : throw ApiException.Invalid("input", $"'input' must have 1 to {MostTexts} texts, and none of them empty.");
    }

    /// <returns>Null when there are texts.</returns>
    private static List<IReadOnlyList<int>>? ReadTokens(JsonElement input)
    {
        if (!input.Is(JsonValueKind.Array) || input.GetArrayLength() == 0 || input[0].ValueKind is not (JsonValueKind.Number or JsonValueKind.Array))
            return null;
        List<IReadOnlyList<int>> tokens = input[0].Is(JsonValueKind.Number) ? [ReadNumbers(input)] : [.. input.EnumerateArray().Select(ReadNumbers)];
        return tokens.Count <= MostTexts && tokens.TrueForAll(text => text.Count > 0) && tokens.Sum(text => text.Count) <= MostTokens ? tokens
            : throw ApiException.Invalid("input", $"'input' must have 1 to {MostTexts} arrays of token numbers, at most {MostTokens} numbers together, and none of them empty.");
    }

    private static IReadOnlyList<int> ReadNumbers(JsonElement numbers) => numbers.Is(JsonValueKind.Array)
        ? [.. numbers.EnumerateArray().Select(number => number.Is(JsonValueKind.Number) && number.TryGetInt32(out var token) && token >= 0 ? token : throw ApiJson.Wrong("input", What))]
        : throw ApiJson.Wrong("input", What);
}
