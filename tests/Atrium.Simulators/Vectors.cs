using System.Text.Json.Nodes;

namespace Atrium.Simulators;

/// <summary>Embeddings of eight numbers, or of as many as are asked for, that depend on the letters only, so that equal texts are near each other.</summary>
internal static class Vectors
{
    public static float[] Of(string text, int? dimensions = null)
    {
        var vector = new float[dimensions ?? 8];
        foreach (var letter in text)
            vector[letter % vector.Length] += 1;
        var length = MathF.Max(1, MathF.Sqrt(vector.Sum(value => value * value)));
        for (var i = 0; i < vector.Length; i++)
            vector[i] /= length;
        return vector;
    }

    public static JsonArray Json(string text) => [.. Of(text).Select(value => JsonValue.Create(value))];
}
