namespace Atrium.Laughter.World;

/// <summary>Building blocks of synthetic sounds: 16 kHz mono samples.</summary>
internal static class Sound
{
    public const int Rate = 16_000;

    public static int Samples(double seconds) => (int)(seconds * Rate);

    public static double Between(this Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Adds a sound into another at a time; what does not fit is left out.</summary>
    public static void Add(this float[] target, float[] source, double at, double gain = 1)
    {
        var start = Samples(at);
        for (var i = Math.Max(0, -start); i < source.Length && start + i < target.Length; i++)
            target[start + i] += (float)(source[i] * gain);
    }

    /// <summary>Harmonics of a gliding pitch under formants, the additive way.</summary>
    /// <param name="random">Source of the cycle noise.</param>
    /// <param name="seconds">Length.</param>
    /// <param name="pitch">Pitch in hertz by position 0..1.</param>
    /// <param name="envelope">Amplitude by position 0..1.</param>
    /// <param name="formants">Centres in hertz; each is 120 Hz wide and more.</param>
    /// <param name="tilt">Exponent by which harmonics fall.</param>
    public static float[] Harmonics(
        Random random, double seconds, Func<double, double> pitch, Func<double, double> envelope, double[] formants, double tilt = 1.1)
    {
        var sound = new float[Samples(seconds)];
        var phase = 0.0;
        var jitter = 1.0;
        for (var i = 0; i < sound.Length; i++)
        {
            var position = i / (double)sound.Length;
            if (i % 80 == 0)
                jitter = 1 + (0.01 * random.Normal());
            var hertz = pitch(position) * jitter;
            phase += 2 * Math.PI * hertz / Rate;
            double value = 0;
            for (var k = 1; k * hertz < 4_500 && k <= 30; k++)
                value += Math.Sin(k * phase) * Math.Pow(k, -tilt) * FormantGain(k * hertz, formants);
            sound[i] = (float)(value * envelope(position));
        }

        return sound;
    }

    private static double FormantGain(double hertz, double[] formants)
    {
        var gain = 0.08;
        foreach (var centre in formants)
        {
            var distance = (hertz - centre) / (60 + (0.06 * centre));
            gain += 1 / (1 + (distance * distance));
        }

        return gain;
    }

    /// <summary>Glottal pulses through resonators, the source-filter way, with some breath in it.</summary>
    public static float[] Glottal(
        Random random, double seconds, Func<double, double> pitch, Func<double, double> envelope, double[] formants, double breath)
    {
        var sound = new float[Samples(seconds)];
        var cycle = 0.0;
        double open = random.Between(0.5, 0.7), shimmer = 1;
        for (var i = 0; i < sound.Length; i++)
        {
            var position = i / (double)sound.Length;
            cycle += pitch(position) / Rate;
            if (cycle >= 1)
            {
                cycle -= 1;
                shimmer = 1 + (0.08 * random.Normal());
            }

            var pulse = cycle < open ? Math.Sin(Math.PI * cycle / open) * Math.Sin(Math.PI * cycle / open) : 0;
            sound[i] = (float)(pulse * shimmer * envelope(position));
        }

        // The lips radiate the pulse's slope; the breath is scaled to what is left of it.
        for (var i = sound.Length - 1; i > 0; i--)
            sound[i] -= 0.95f * sound[i - 1];
        var level = ActiveLevel(sound);
        for (var i = 0; i < sound.Length; i++)
            sound[i] += (float)(breath * level * random.Normal() * envelope(i / (double)sound.Length));
        var voice = formants.Aggregate(sound, (filtered, centre) => Resonate(filtered, centre, 70 + (0.05 * centre), 0.35));
        var peak = voice.Max(Math.Abs) + 1e-6f;
        for (var i = 0; i < voice.Length; i++)
            voice[i] /= peak;
        return voice;
    }

    public static float[] Noise(Random random, double seconds, Func<double, double> envelope)
    {
        var sound = new float[Samples(seconds)];
        for (var i = 0; i < sound.Length; i++)
            sound[i] = (float)(random.Normal() * envelope(i / (double)sound.Length));
        return sound;
    }

    /// <summary>A two-pole resonator, mixed with some of its input.</summary>
    public static float[] Resonate(float[] sound, double hertz, double width, double dry = 0)
    {
        var radius = Math.Exp(-Math.PI * width / Rate);
        double a1 = 2 * radius * Math.Cos(2 * Math.PI * hertz / Rate), a2 = -radius * radius, gain = (1 - radius) * 2;
        double y1 = 0, y2 = 0;
        var result = new float[sound.Length];
        for (var i = 0; i < sound.Length; i++)
        {
            var y = (gain * sound[i]) + (a1 * y1) + (a2 * y2);
            y2 = y1;
            y1 = y;
            result[i] = (float)(y + (dry * sound[i]));
        }

        return result;
    }

    /// <summary>A small Schroeder reverberation.</summary>
    public static float[] Reverberate(Random random, float[] sound, double seconds, double wet)
    {
        var result = new float[sound.Length + Samples(seconds)];
        result.Add(sound, 0);
        foreach (var milliseconds in (double[])[29.7, 37.1, 41.1, 43.7])
        {
            var delay = (int)(milliseconds / 1000 * Rate * random.Between(0.8, 1.2));
            var feedback = Math.Pow(0.001, delay / (seconds * Rate));
            var comb = new float[result.Length];
            for (var i = delay; i < comb.Length; i++)
                comb[i] = (float)((i - delay < sound.Length ? sound[i - delay] : 0) + (feedback * comb[i - delay]));
            result.Add(comb, 0, wet / 4);
        }

        return result;
    }

    /// <summary>Root of the mean square over the samples above 2 % of the peak.</summary>
    public static double ActiveLevel(float[] sound)
    {
        var peak = sound.Max(Math.Abs);
        double sum = 0;
        var count = 1;
        foreach (var sample in sound)
        {
            if (Math.Abs(sample) <= 0.02f * peak)
                continue;
            sum += sample * sample;
            count++;
        }

        return Math.Sqrt(sum / count) + 1e-9;
    }

    public static Func<double, double> Arch(double power = 0.6) => position => Math.Pow(Math.Sin(Math.PI * position), power);

    public static Func<double, double> Decay(double rate) => position => Math.Exp(-rate * position);

    public static Func<double, double> Level(double value) => _ => value;
}
