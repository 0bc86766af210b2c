namespace Atrium.Laughter.World;

/// <summary>Sounds that are no laughter, for training.</summary>
internal static class TrainingDistractors
{
    public static float[] Cry(Random random)
    {
        var cry = new float[Sound.Samples(4)];
        double pitch = random.Between(380, 520), at = 0;
        while (at < 3.2)
        {
            var length = random.Between(0.45, 0.85);
            var start = pitch * (1 + (0.05 * random.Normal()));
            cry.Add(Sound.Harmonics(random, length, p => start * (1 + (0.03 * Math.Sin(2 * Math.PI * 6 * p * length)) + (0.1 * Math.Sin(Math.PI * p))), Sound.Arch(0.4), [900, 1500, 2900]), at);
            at += length + random.Between(0.15, 0.4);
        }

        return cry;
    }

    public static float[] Bark(Random random)
    {
        var bark = new float[Sound.Samples(3.5)];
        double pitch = random.Between(400, 700), rate = random.Between(1.5, 3);
        for (var at = 0.0; at < 3.1; at += 1 / rate * random.Between(0.8, 1.3))
        {
            bark.Add(Sound.Harmonics(random, random.Between(0.12, 0.18), p => pitch * (1 + (0.6 * Math.Sin(Math.PI * p))), Sound.Arch(0.4), [800, 1700], 0.8), at);
            bark.Add(Sound.Noise(random, 0.12, Sound.Decay(4)), at, 0.1);
        }

        return bark;
    }

    public static float[] Applause(Random random)
    {
        var applause = new float[Sound.Samples(4)];
        for (var clap = 0; clap < random.Next(150, 500); clap++)
            applause.Add(Sound.Noise(random, 0.012, Sound.Decay(5)), random.Between(0, 3.9), random.Between(0.2, 1));
        return applause;
    }

    public static float[] Arpeggio(Random random)
    {
        var music = new float[Sound.Samples(4)];
        double rate = random.Between(3, 6), root = random.Between(180, 400);
        int[] chord = random.Next(2) == 0 ? [0, 4, 7, 12] : [0, 3, 7, 10];
        for (int note = 0; note / rate < 3.6; note++)
        {
            var pitch = root * Math.Pow(2, chord[random.Next(4)] / 12.0);
            music.Add(Sound.Harmonics(random, random.Between(0.25, 0.5), Sound.Level(pitch), Sound.Decay(5), [700, 1400, 2800], 1.4), note / rate);
        }

        return music;
    }

    public static float[] Breathing(Random random)
    {
        var breathing = new float[Sound.Samples(5)];
        var rate = random.NextDouble() < 0.5 ? random.Between(0.4, 0.8) : random.Between(2, 3.6);
        for (var at = 0.0; at < 4.8; at += 1 / rate)
            breathing.Add(Sound.Resonate(Sound.Noise(random, 0.6 / rate, Sound.Arch(1.2)), random.Between(700, 1_500), 900, 0.2), at, random.Between(0.6, 1));
        return breathing;
    }

    public static float[] Knocks(Random random)
    {
        var knocks = new float[Sound.Samples(2.5)];
        double rate = random.Between(3, 7), hertz = random.Between(200, 600);
        for (var at = 0.05; at < 2.3; at += 1 / rate * random.Between(0.96, 1.04))
            knocks.Add(Sound.Resonate(Sound.Noise(random, 0.12, Sound.Decay(25)), hertz, 60, 0.05), at);
        return knocks;
    }

    public static float[] Beeps(Random random)
    {
        var beeps = new float[Sound.Samples(3)];
        double rate = random.Between(2, 6.5), hertz = random.Between(500, 2_500), length = random.Between(0.05, 0.1);
        for (var at = 0.0; at < 2.8; at += 1 / rate)
            beeps.Add(Sound.Harmonics(random, length, Sound.Level(hertz), Sound.Arch(0.2), [hertz], 3), at);
        return beeps;
    }

    public static float[] Cough(Random random)
    {
        var cough = new float[Sound.Samples(2)];
        for (var at = 0.0; at < 1.5; at += random.Between(0.35, 0.6))
        {
            cough.Add(Sound.Resonate(Sound.Noise(random, 0.25, Sound.Decay(5)), random.Between(600, 1_200), 500, 0.3), at);
            cough.Add(Sound.Noise(random, 0.12, Sound.Arch()), at + 0.25, 0.25);
        }

        return cough;
    }

    public static float[] Typing(Random random)
    {
        var typing = new float[Sound.Samples(4)];
        for (var at = 0.0; at < 3.9; at += random.Between(0.06, 0.3))
            typing.Add(Sound.Resonate(Sound.Noise(random, 0.02, Sound.Decay(6)), random.Between(1_500, 3_500), 800, 0.4), at, random.Between(0.4, 1));
        return typing;
    }

    /// <summary>A single held voice with slow vibrato: humming.</summary>
    public static float[] Humming(Random random)
    {
        var pitch = random.Between(130, 350);
        var music = new float[Sound.Samples(4)];
        for (var at = 0.0; at < 3.4;)
        {
            var length = random.Between(0.25, 0.9);
            var note = pitch * Math.Pow(2, random.Next(-3, 5) / 12.0);
            music.Add(Sound.Harmonics(random, length, p => note * (1 + (0.01 * Math.Sin(2 * Math.PI * 5 * p * length))), Sound.Arch(0.25), [300, 900], 1.6), at);
            at += length + random.Between(0, 0.08);
        }

        return music;
    }

    /// <summary>Bursts of a tone, a voice or noise in every rhythm but that of laughter.</summary>
    public static float[] Bursts(Random random)
    {
        var bursts = new float[Sound.Samples(3.5)];
        var rate = random.NextDouble() < 0.6 ? random.Between(1.2, 2.9) : random.Between(8.5, 14);
        double duty = random.Between(0.2, 0.9), pitch = random.Between(120, 600), jitter = random.Between(0, 0.15);
        var kind = random.Next(3);
        for (var at = 0.0; at < 3.2; at += 1 / rate * (1 + (jitter * random.Normal())))
        {
            var length = duty / rate;
            bursts.Add(
                kind switch
                {
                    0 => Sound.Noise(random, length, Sound.Arch(random.Between(0.2, 1))),
                    1 => Sound.Harmonics(random, length, Sound.Level(pitch), Sound.Arch(0.3), [pitch * 2], 2),
                    _ => Sound.Harmonics(random, length, p => pitch * (1 + (0.15 * Math.Sin(Math.PI * p))), Sound.Arch(0.5), [650, 1_300, 2_600]),
                },
                at, 1 + (0.2 * random.Normal()));
        }

        return bursts;
    }

    /// <summary>Notes in the rhythm of laughter that are all different: pitch, colour and length change from one to the next.</summary>
    public static float[] Babbling(Random random)
    {
        var babbling = new float[Sound.Samples(3.2)];
        var rate = random.Between(3.5, 6.5);
        var pitch = random.Between(110, 380);
        for (var at = 0.0; at < 2.9; at += 1 / rate * random.Between(0.7, 1.4))
        {
            var hertz = pitch * Math.Pow(2, random.Between(-0.35, 0.35));
            double[] formants = [random.Between(280, 900), random.Between(850, 2_300), random.Between(2_200, 3_200)];
            babbling.Add(Sound.Harmonics(random, random.Between(0.08, 0.2), Sound.Level(hertz), Sound.Arch(0.5), formants), at, random.Between(0.3, 1));
            if (random.NextDouble() < 0.5)
                babbling.Add(Sound.Noise(random, 0.05, Sound.Arch()), at - 0.05, 0.2);
        }

        return babbling;
    }
}
