using Atrium.Laughter.Audio;

namespace Atrium.Laughter.World;

/// <summary>A sound in a session, in seconds.</summary>
internal sealed record Placed(string Kind, bool IsLaugh, double Start, double End);

/// <summary>A recording with known events.</summary>
internal sealed record Session(float[] Samples, IReadOnlyList<Placed> Sounds)
{
    public double Seconds => Samples.Length / (double)Sound.Rate;
}

/// <summary>
/// Makes sessions out of a seed: sounds of a split's recipes one after another, at random levels, some in a room,
/// over the murmur of six voices and pink noise, and optionally through Opus at 24 kb/s.
/// </summary>
internal sealed class SessionMaker(bool test)
{
    public const double Clean = double.PositiveInfinity;
    private const double LaughShare = 0.3;
    private const double NoiseLevel = 0.012;

    private readonly Speech _speech = new(test);

    /// <summary>Makes one session at several noise levels.</summary>
    /// <param name="seed">The same seed gives the same session.</param>
    /// <param name="seconds">Length of the session.</param>
    /// <param name="levels">Decibels of each sound's active part over the noise, or <see cref="Clean"/>.</param>
    public IReadOnlyList<Session> Make(int seed, double seconds, params ReadOnlySpan<double> levels)
    {
        var random = new Random(seed);
        var sounds = Draw(random, seconds);
        var noise = Noise(random, Sound.Samples(seconds));
        var sessions = new List<Session>();
        foreach (var decibels in levels)
        {
            var clean = double.IsPositiveInfinity(decibels);
            var samples = new float[Sound.Samples(seconds)];
            foreach (var sound in sounds)
            {
                var level = clean ? sound.Level : NoiseLevel * Math.Pow(10, decibels / 20);
                samples.Add(sound.Samples, sound.At, level / Sound.ActiveLevel(sound.Samples));
            }

            samples.Add(noise, 0, clean ? NoiseLevel / 100 : NoiseLevel);
            for (var i = 0; i < samples.Length; i++)
                samples[i] = Math.Clamp(samples[i], -1, 1);
            sessions.Add(new Session(samples, [.. sounds.Select(sound => sound.Place)]));
        }

        return sessions;
    }

    private List<Drawn> Draw(Random random, double seconds)
    {
        var recipes = Recipes.For(test, _speech);
        var sounds = new List<Drawn>();
        for (var at = random.Between(0.5, 1.5); at < seconds - 8;)
        {
            var recipe = Draw(random, recipes, random.NextDouble() < LaughShare);
            var sound = recipe.Make(random);
            if (!test)
                sound = Variation.Apply(random, sound, recipe.IsLaugh);
            var length = sound.Length / (double)Sound.Rate;
            var place = Bounds(recipe, sound, at);
            if (random.NextDouble() < 0.4)
                sound = Sound.Reverberate(random, sound, random.Between(0.15, 0.5), random.Between(0.1, 0.5));
            sounds.Add(new Drawn(sound, at, Math.Pow(10, random.Between(-30, -10) / 20), place));
            at += length + random.Between(0.7, 2.2);
        }

        return sounds;
    }

    /// <summary>The session after Opus at 24 kb/s and back.</summary>
    public static async Task<Session> ThroughOpusAsync(Session session)
    {
        var stem = Path.Combine(Path.GetTempPath(), Guid.CreateVersion7().ToString("N"));
        try
        {
            WavWriter.Write(stem + ".wav", session.Samples);
            await FfmpegDecoder.RunAsync(
                new DecodeLimits(), TimeProvider.System,
                ["-i", stem + ".wav", "-c:a", "libopus", "-b:a", "24k", "-y", stem + ".ogg"], CancellationToken.None);
            var samples = new List<float>(session.Samples.Length);
            await foreach (var piece in AudioDecoder.DecodeAsync(stem + ".ogg"))
                samples.AddRange(piece.Span);
            return session with { Samples = [.. samples] };
        }
        finally
        {
            File.Delete(stem + ".wav");
            File.Delete(stem + ".ogg");
        }
    }

    private static Recipe Draw(Random random, IReadOnlyList<Recipe> recipes, bool laugh)
    {
        var choices = recipes.Where(recipe => recipe.IsLaugh == laugh).ToList();
        var at = random.NextDouble() * choices.Sum(recipe => recipe.Weight);
        foreach (var recipe in choices)
        {
            at -= recipe.Weight;
            if (at < 0)
                return recipe;
        }

        return choices[^1];
    }

    /// <summary>From the first to the last sample that can be heard.</summary>
    private static Placed Bounds(Recipe recipe, float[] sound, double at)
    {
        var threshold = 0.03f * sound.Max(Math.Abs);
        var first = Array.FindIndex(sound, sample => Math.Abs(sample) > threshold) / (double)Sound.Rate;
        var last = Array.FindLastIndex(sound, sample => Math.Abs(sample) > threshold) / (double)Sound.Rate;
        return new Placed(recipe.Name, recipe.IsLaugh, at + first, at + last);
    }

    /// <summary>Six voices that murmur and pink noise, at a mean power of one.</summary>
    private float[] Noise(Random random, int length)
    {
        var noise = new float[length];
        for (var voice = 0; voice < 6; voice++)
        {
            // A minute of each voice, repeated from another place each time, murmurs well enough.
            var talk = _speech.Talk(random, 120);
            for (var at = -random.Between(0, 10); at < length / (double)Sound.Rate; at += talk.Length / (double)Sound.Rate)
                noise.Add(talk, at, 0.1 / Sound.ActiveLevel(talk));
        }

        var pink = 0.0;
        for (var i = 0; i < noise.Length; i++)
        {
            pink = (0.97 * pink) + (0.03 * random.Normal());
            noise[i] += (float)((0.25 * pink) + (0.004 * random.Normal()));
        }

        var level = (float)Math.Sqrt(noise.Sum(sample => (double)sample * sample) / noise.Length);
        for (var i = 0; i < noise.Length; i++)
            noise[i] /= level;
        return noise;
    }

    /// <summary>A sound before it is mixed; the level is that of a clean session.</summary>
    private sealed record Drawn(float[] Samples, double At, double Level, Placed Place);
}
