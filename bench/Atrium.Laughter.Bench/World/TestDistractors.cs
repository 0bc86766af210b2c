namespace Atrium.Laughter.World;

/// <summary>Sounds that are no laughter, for the test: the same kinds as in training, made in other ways.</summary>
internal static class TestDistractors
{
    public static float[] Sob(Random random)
    {
        var cry = new float[Sound.Samples(4.5)];
        double pitch = random.Between(300, 480), at = 0;
        while (at < 3.4)
        {
            cry.Add(Sound.Resonate(Sound.Noise(random, 0.25, Sound.Arch()), 1_600, 700, 0.1), at, 0.15);
            at += 0.3;
            var length = random.Between(0.5, 1.1);
            var start = pitch * (1 + (0.06 * random.Normal()));
            cry.Add(Sound.Glottal(random, length, p => start * (1.1 - (0.25 * p) + (0.03 * Math.Sin(2 * Math.PI * 5 * p * length))), Sound.Arch(0.3), [700, 1_250, 2_700], 0.05), at);
            at += length + random.Between(0.05, 0.3);
        }

        return cry;
    }

    public static float[] Woof(Random random)
    {
        var bark = new float[Sound.Samples(3.5)];
        double pitch = random.Between(180, 450), rate = random.Between(1.2, 2.8);
        for (var at = 0.0; at < 3; at += 1 / rate * random.Between(0.8, 1.4))
            bark.Add(Sound.Glottal(random, random.Between(0.14, 0.25), p => pitch * (0.8 + (0.5 * Math.Sin(Math.PI * p))), Sound.Decay(3), [600, 1_150, 2_100], 0.4), at);
        return bark;
    }

    /// <summary>A few people clapping, each in a rhythm of their own.</summary>
    public static float[] Clapping(Random random)
    {
        var applause = new float[Sound.Samples(4)];
        for (var person = random.Next(2, 12); person > 0; person--)
        {
            double rate = random.Between(2.5, 5), hertz = random.Between(700, 1_800), loud = random.Between(0.3, 1);
            for (var at = random.Between(0, 0.4); at < 3.9; at += 1 / rate * random.Between(0.93, 1.07))
                applause.Add(Sound.Resonate(Sound.Noise(random, 0.03, Sound.Decay(7)), hertz, 600, 0.3), at, loud);
        }

        return applause;
    }

    /// <summary>Plucked strings (Karplus and Strong) with a drum.</summary>
    public static float[] Band(Random random)
    {
        var music = new float[Sound.Samples(4.5)];
        double rate = random.Between(2, 5), root = random.Between(150, 330);
        int[] scale = [0, 2, 4, 5, 7, 9, 11, 12];
        for (var note = 0; note / rate < 4; note++)
        {
            music.Add(Pluck(random, root * Math.Pow(2, scale[random.Next(scale.Length)] / 12.0)), note / rate);
            if (note % 2 == 0)
                music.Add(Sound.Harmonics(random, 0.15, p => 120 - (60 * p), Sound.Decay(5), [100], 2), note / rate, 2);
            else
                music.Add(Sound.Noise(random, 0.1, Sound.Decay(8)), note / rate, 0.15);
        }

        return music;
    }

    public static float[] Snoring(Random random)
    {
        var breathing = new float[Sound.Samples(5)];
        var length = random.Between(0.8, 1.4);
        for (var at = 0.0; at < 4.5; at += (2 * length) + 0.2)
        {
            breathing.Add(Sound.Glottal(random, length, _ => random.Between(30, 60), Sound.Arch(1), [400, 900], 0.6), at);
            breathing.Add(Sound.Resonate(Sound.Noise(random, length, Sound.Arch(1.5)), 1_100, 500, 0.2), at + length, 0.1);
        }

        return breathing;
    }

    public static float[] Panting(Random random)
    {
        var breathing = new float[Sound.Samples(4)];
        var rate = random.Between(1.8, 3.2);
        for (var at = 0.0; at < 3.7; at += 1 / rate)
        {
            breathing.Add(Sound.Resonate(Sound.Noise(random, 0.45 / rate, Sound.Arch()), 900, 700, 0.1), at);
            breathing.Add(Sound.Resonate(Sound.Noise(random, 0.4 / rate, Sound.Arch()), 1_900, 900, 0.1), at + (0.5 / rate), 0.7);
        }

        return breathing;
    }

    public static float[] Footsteps(Random random)
    {
        var steps = new float[Sound.Samples(4)];
        var rate = random.Between(1.7, 4);
        for (var at = 0.0; at < 3.8; at += 1 / rate * random.Between(0.94, 1.06))
        {
            steps.Add(Sound.Resonate(Sound.Noise(random, 0.08, Sound.Decay(12)), random.Between(90, 300), 120, 0.05), at);
            steps.Add(Sound.Noise(random, 0.05, Sound.Decay(6)), at + 0.06, 0.04);
        }

        return steps;
    }

    public static float[] Alarm(Random random)
    {
        var alarm = new float[Sound.Samples(3)];
        double low = random.Between(500, 1_200), rate = random.Between(2, 6);
        for (var at = 0.0; at < 2.8; at += 1 / rate)
        {
            for (var k = 1; k < 8; k += 2)
                alarm.Add(Sound.Harmonics(random, 0.5 / rate, Sound.Level(low * k), Sound.Arch(0.1), [low * k], 3), at, 1.0 / k);
        }

        return alarm;
    }

    public static float[] Sneeze(Random random)
    {
        var sneeze = new float[Sound.Samples(1.8)];
        sneeze.Add(Sound.Resonate(Sound.Noise(random, 0.4, p => p * p), 1_500, 800, 0.1), 0, 0.3);
        sneeze.Add(Sound.Glottal(random, 0.15, Sound.Level(250), Sound.Arch(), [700, 1_300], 0.2), 0.4);
        sneeze.Add(Sound.Noise(random, 0.4, Sound.Decay(5)), 0.55, 0.6);
        return sneeze;
    }

    public static float[] Rattle(Random random)
    {
        var rattle = new float[Sound.Samples(3)];
        for (var at = 0.0; at < 2.9; at += Math.Abs(random.Normal()) * 0.12)
            rattle.Add(Sound.Resonate(Sound.Noise(random, 0.05, Sound.Decay(9)), random.Between(1_800, 4_500), 150, 0.02), at, random.Between(0.3, 1));
        return rattle;
    }

    private static float[] Pluck(Random random, double hertz)
    {
        var period = (int)(Sound.Rate / hertz);
        var sound = Sound.Noise(random, 0.5, Sound.Level(1));
        for (var i = period + 1; i < sound.Length; i++)
            sound[i] = 0.498f * (sound[i - period] + sound[i - period - 1]);
        return sound;
    }
}
