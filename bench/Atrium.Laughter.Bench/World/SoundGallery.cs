namespace Atrium.Laughter.World;

/// <summary><c>sounds FOLDER</c>: writes one example of every recipe as WAV, to be listened to or looked at.</summary>
internal static class SoundGallery
{
    public static int Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var test in (bool[])[false, true])
        {
            foreach (var recipe in Recipes.For(test, new Speech(test)))
            {
                var sound = recipe.Make(new Random(1));
                var peak = sound.Max(Math.Abs) + 1e-6f;
                var name = $"{(test ? "test" : "training")} {recipe.Name}".Replace(": ", "-", StringComparison.Ordinal).Replace(' ', '-');
                WavWriter.Write(Path.Combine(folder, name + ".wav"), [.. sound.Select(sample => sample / peak / 2)]);
            }
        }

        return 0;
    }
}
