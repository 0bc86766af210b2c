using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atrium.Laughter.Events;

namespace Atrium.Laughter.Lite;

/// <summary>
/// The lite detector's trained parameters: scaling of the features and a network with one hidden layer. They are made
/// by the training program in bench/ from synthetic sounds only.
/// </summary>
internal sealed class LiteModel
{
    /// <summary>Windows whose loudest frame is below this band energy (about -70 dB of full scale) are silence.</summary>
    public const float QuietestDecibels = -32;

    private static readonly Lazy<LiteModel> Shipped = new(Load);

    public required IReadOnlyList<string> Features { get; init; }

    public required float[] Mean { get; init; }

    public required float[] Scale { get; init; }

    public required float[][] Hidden { get; init; }

    public required float[] HiddenBias { get; init; }

    public required float[] Output { get; init; }

    public required float OutputBias { get; init; }

    public required double Enter { get; init; }

    public required double Stay { get; init; }

    /// <summary>The parameters that come with the engine.</summary>
    public static LiteModel Default => Shipped.Value;

    /// <summary>How these scores become events.</summary>
    [JsonIgnore]
    public EventRules Rules => new() { Enter = Enter, Stay = Stay, Smoothing = 0.5, MergeGap = 0.5, Vetoes = [] };

    /// <summary>Scores features, 0..1. Overwrites them.</summary>
    public float Score(Span<float> features)
    {
        for (var i = 0; i < features.Length; i++)
            features[i] = Math.Clamp((features[i] - Mean[i]) * Scale[i], -4, 4);
        var sum = OutputBias;
        for (var unit = 0; unit < Hidden.Length; unit++)
            sum += Output[unit] * MathF.Tanh(TensorPrimitives.Dot(features, Hidden[unit]) + HiddenBias[unit]);
        return 1 / (1 + MathF.Exp(-sum));
    }

    public static LiteModel Read(Stream json)
    {
        var model = JsonSerializer.Deserialize<LiteModel>(json, JsonSerializerOptions.Web)!;
        if (!model.Features.SequenceEqual(LiteFeatures.Names, StringComparer.Ordinal))
            throw new InvalidDataException("The lite parameters were trained on other features.");
        return model;
    }

    private static LiteModel Load()
    {
        using var json = typeof(LiteModel).Assembly.GetManifestResourceStream("lite-model.json")!;
        return Read(json);
    }
}
