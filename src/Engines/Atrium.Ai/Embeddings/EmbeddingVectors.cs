using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Reads vectors. They are as long as each other, and every number in them is one.</summary>
internal static class EmbeddingVectors
{
    private const int LongestVector = 65_536;

    /// <summary>The vectors of a list, with the tokens they cost where the service counted.</summary>
    /// <param name="transport">Who answered.</param>
    /// <param name="model">The model that made them.</param>
    /// <param name="vectors">A vector each: a list of numbers, or bytes in Base64.</param>
    /// <param name="inputTokens">Null when nobody counted.</param>
    /// <exception cref="ProviderException"><see cref="ProviderErrorKind.Malformed"/>: there are no vectors, or odd ones.</exception>
    public static GeneratedEmbeddings<Embedding<float>> Read(ProviderTransport transport, string model, IEnumerable<JsonElement?> vectors, long? inputTokens)
    {
        var made = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var vector in vectors)
            made.Add(new Embedding<float>(Numbers(transport, vector)) { ModelId = model });
        if (made.Select(vector => vector.Dimensions).Distinct().Skip(1).Any())
            throw transport.Malformed("its vectors differ in length");
        if (inputTokens is { } count)
            made.Usage = new UsageDetails { InputTokenCount = count, TotalTokenCount = count };
        return made;
    }

    private static float[] Numbers(ProviderTransport transport, JsonElement? vector)
    {
        if (vector is { ValueKind: JsonValueKind.String } text && text.TryGetBytesFromBase64(out var bytes) && bytes.Length % sizeof(float) == 0)
            return Checked(transport, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        if (vector is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() > LongestVector)
            throw transport.Malformed("a vector is none");
        var numbers = new float[list.GetArrayLength()];
        var i = 0;
        foreach (var number in list.EnumerateArray())
            numbers[i++] = number.ValueKind is JsonValueKind.Number && number.TryGetSingle(out var value) ? value : float.NaN;
        return Checked(transport, numbers);
    }

    private static float[] Checked(ProviderTransport transport, float[] numbers) =>
        numbers.Length is > 0 and <= LongestVector && Array.TrueForAll(numbers, float.IsFinite) ? numbers : throw transport.Malformed("a vector is none");
}
