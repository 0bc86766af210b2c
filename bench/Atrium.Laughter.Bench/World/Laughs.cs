namespace Atrium.Laughter.World;

/// <summary>Recipes of laughter. Those for training add harmonics; those for the test filter glottal pulses.</summary>
internal static class Laughs
{
    public static float[] Parametric(Random random)
    {
        var notes = random.Next(4, 13);
        double rate = random.Between(4, 6.2), pitch = random.Between(160, 480), sinking = -random.Between(0.3, 1.6);
        var unvoiced = random.NextDouble() < 0.12;
        double[] formants = [random.Between(550, 850), random.Between(1100, 1600), random.Between(2400, 2900), 3500];
        var breath = random.Between(0.15, 0.4);
        var laugh = new float[Sound.Samples((notes / rate * 1.1) + 0.4)];
        var at = 0.06;
        for (var note = 0; note < notes; note++)
        {
            var length = random.Between(0.06, 0.11) * random.Between(0.85, 1.15);
            var level = Math.Pow(10, sinking * note / 20);
            var start = pitch * (1 - (0.18 * note / notes)) * (1 + (0.05 * random.Normal()));
            Func<double, double> glide = position => start * (1 + (0.1 * Math.Sin(Math.PI * position)) - (0.12 * position));
            laugh.Add(Sound.Noise(random, 0.06, Sound.Arch()), at - 0.06, breath * 0.25 * level);
            laugh.Add(
                unvoiced
                    ? Sound.Resonate(Sound.Noise(random, length, Sound.Arch()), formants[1], 400, 0.2)
                    : Sound.Harmonics(random, length, glide, Sound.Arch(), formants),
                at, level * (1 + (0.1 * random.Normal())));
            at += 1 / rate * (1 + (0.08 * random.Normal()));
        }

        return laugh;
    }

    /// <summary>Rough and simple: a falling saw through a low-pass, with noise between.</summary>
    public static float[] Saw(Random random)
    {
        var notes = random.Next(4, 9);
        double rate = random.Between(3.8, 6.5), pitch = random.Between(180, 380), cutoff = random.Between(900, 2_500);
        var laugh = new float[Sound.Samples((notes / rate * 1.1) + 0.3)];
        var at = 0.0;
        for (var note = 0; note < notes; note++)
        {
            var length = random.Between(0.07, 0.12);
            var start = pitch * (1 + (0.04 * random.Normal()));
            var tone = Sound.Harmonics(random, length, position => start * (1 - (0.1 * position)), Sound.Arch(0.5), [cutoff / 3, cutoff], 1);
            laugh.Add(tone, at, Math.Pow(0.9, note));
            laugh.Add(Sound.Noise(random, 0.08, Sound.Arch()), at + length, 0.05 * Math.Pow(0.9, note));
            at += 1 / rate * (1 + (0.07 * random.Normal()));
        }

        return laugh;
    }

    /// <summary>A sustained vowel of a synthetic voice, cut into notes.</summary>
    public static float[] Chopped(Random random, Speech speech)
    {
        var vowel = ((string[])["a:", "3:", "V", "A:", "i:"])[random.Next(5)];
        var voice = speech.SayPhonemes(random, "'" + string.Concat(Enumerable.Repeat(vowel, 24)), 80);
        var speed = random.Between(0.9, 1.7);
        return Cut(random, random.Between(3.9, 6.3), (note, length) =>
        {
            var start = random.Next(Math.Max(1, voice.Length / 2));
            var sound = new float[Sound.Samples(length)];
            for (var i = 0; i < sound.Length && start + (int)(i * speed) < voice.Length; i++)
                sound[i] = voice[start + (int)(i * speed)];
            return sound;
        });
    }

    /// <summary>Hard pulses of varying width.</summary>
    public static float[] Pulses(Random random)
    {
        double pitch = random.Between(160, 480), width = random.Between(0.1, 0.5), drift = random.Between(-0.3, 0.1), wobble = random.Between(0.01, 0.07);
        return Cut(random, random.Between(3.8, 6.5), (note, length) =>
        {
            var sound = new float[Sound.Samples(length)];
            double cycle = 0, hertz = pitch * (1 + (drift * note / 10)) * (1 + (wobble * random.Normal()));
            var glide = random.Between(-0.2, 0.05);
            for (var i = 0; i < sound.Length; i++)
            {
                cycle = (cycle + (hertz * (1 + (glide * i / sound.Length)) / Sound.Rate)) % 1;
                sound[i] = (float)((cycle < width ? 1 - width : -width) + (0.05 * random.Normal()));
            }

            return Sound.Resonate(sound, random.Between(600, 1_000), 200, 0.2);
        });
    }

    /// <summary>Puts notes in a row: envelopes, levels, breath between them.</summary>
    private static float[] Cut(Random random, double rate, Func<int, double, float[]> make)
    {
        var notes = random.Next(4, 12);
        double duty = random.Between(0.3, 0.65), sinking = -random.Between(0.1, 2), breath = random.Between(0, 0.3), jitter = random.Between(0.03, 0.1);
        var envelope = Sound.Arch(random.Between(0.35, 1.2));
        var laugh = new float[Sound.Samples((notes / rate * 1.2) + 0.4)];
        var at = 0.06;
        for (var note = 0; note < notes; note++)
        {
            var length = duty / rate * random.Between(0.85, 1.15);
            var sound = make(note, length);
            var loudest = sound.Max(Math.Abs) + 1e-6f;
            for (var i = 0; i < sound.Length; i++)
                sound[i] *= (float)(envelope(i / (double)sound.Length) / loudest);
            var level = Math.Pow(10, sinking * note / 20) * (1 + (0.12 * random.Normal()));
            laugh.Add(Sound.Noise(random, 0.07, Sound.Arch()), at - 0.06, breath * 0.2 * level);
            laugh.Add(sound, at, level);
            at += 1 / rate * (1 + (jitter * random.Normal()));
        }

        return laugh;
    }

    public static float[] SourceFilter(Random random) => Bout(random, random.Between(200, 380), random.Between(3.9, 6), random.Between(0.05, 0.25));

    public static float[] Giggle(Random random) => Bout(random, random.Between(350, 520), random.Between(4.8, 6.4), random.Between(0.02, 0.12));

    public static float[] Spoken(Random random, Speech speech, string vowel)
    {
        var notes = random.Next(4, 9);
        var phonemes = "h" + string.Concat(Enumerable.Repeat($"'{vowel}h", notes));
        return speech.SayPhonemes(random, phonemes.TrimEnd('h'), random.Next(135, 180));
    }

    private static float[] Bout(Random random, double pitch, double rate, double breath)
    {
        var notes = random.Next(4, 11);
        double[] formants = [random.Between(450, 900), random.Between(1000, 1900), random.Between(2300, 3000)];
        var laugh = new float[Sound.Samples((notes / rate * 1.15) + 0.5)];
        double at = 0.08, sinking = -random.Between(0.2, 2), drift = random.Between(-0.25, 0.05), duty = random.Between(0.35, 0.6);
        for (var note = 0; note < notes; note++)
        {
            var length = duty / rate * random.Between(0.85, 1.15);
            var start = pitch * (1 + (drift * note / notes)) * (1 + (0.04 * random.Normal()));
            var level = Math.Pow(10, sinking * note / 20) * (1 + (0.12 * random.Normal()));
            var voice = Sound.Glottal(random, length, position => start * (1.04 - (0.12 * position)), Sound.Arch(random.Between(0.4, 1)), formants, breath);
            laugh.Add(Sound.Resonate(Sound.Noise(random, 0.07, Sound.Arch()), formants[1], 500, 0.15), at - 0.07, 0.02 + (breath * 0.2 * level));
            laugh.Add(voice, at, level);
            at += 1 / rate * (1 + (0.07 * random.Normal()));
        }

        if (random.NextDouble() < 0.4)
            laugh.Add(Sound.Resonate(Sound.Noise(random, 0.3, Sound.Arch()), 1_800, 900, 0.1), at, 0.05);
        return laugh;
    }
}
