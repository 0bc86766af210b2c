namespace Atrium.Laughter.World;

/// <summary>
/// Changes a training sound as microphones, rooms and loudspeakers would: colour, speed, overdrive. Applied to laughs
/// and distractors alike, so that nothing can be told by timbre alone.
/// </summary>
internal static class Variation
{
    public static float[] Apply(Random random, float[] sound, bool isLaugh)
    {
        var speed = isLaugh ? random.Between(0.92, 1.1) : random.Between(0.8, 1.25);
        sound = Stretch(sound, speed);
        for (var peak = random.Next(3); peak > 0; peak--)
            sound = Sound.Resonate(sound, 300 * Math.Pow(10, random.Between(0, 1.1)), random.Between(200, 1_500), random.Between(0.15, 0.8));
        if (random.NextDouble() < 0.4)
            LowPass(sound, random.Between(0.15, 0.7));
        else if (random.NextDouble() < 0.4)
            Brighten(sound, random.Between(0.2, 0.9));
        if (random.NextDouble() < 0.2)
            Overdrive(sound, random.Between(1.5, 6));
        return sound;
    }

    private static float[] Stretch(float[] sound, double speed)
    {
        var stretched = new float[(int)((sound.Length - 1) / speed)];
        for (var i = 0; i < stretched.Length; i++)
        {
            var at = i * speed;
            var fraction = (float)(at - (int)at);
            stretched[i] = (sound[(int)at] * (1 - fraction)) + (sound[(int)at + 1] * fraction);
        }

        return stretched;
    }

    private static void LowPass(float[] sound, double share)
    {
        for (var i = 1; i < sound.Length; i++)
            sound[i] = (float)((sound[i] * share) + (sound[i - 1] * (1 - share)));
    }

    private static void Brighten(float[] sound, double share)
    {
        for (var i = sound.Length - 1; i > 0; i--)
            sound[i] -= (float)(share * sound[i - 1]);
    }

    private static void Overdrive(float[] sound, double drive)
    {
        var peak = sound.Max(Math.Abs) + 1e-9f;
        for (var i = 0; i < sound.Length; i++)
            sound[i] = (float)Math.Tanh(sound[i] / peak * drive);
    }
}
