namespace Atrium.Laughter.World;

/// <summary>A kind of sound: its name, whether it is laughter, and how often it is drawn.</summary>
internal sealed record Recipe(string Name, bool IsLaugh, double Weight, Func<Random, float[]> Make);

/// <summary>The recipes of a split. No recipe and no voice is in both.</summary>
internal static class Recipes
{
    public static IReadOnlyList<Recipe> For(bool test, Speech speech) => test ? Test(speech) : Training(speech);

    private static List<Recipe> Training(Speech speech) =>
    [
        new("laugh: parametric", true, 4, Laughs.Parametric),
        new("laugh: saw", true, 1.5, Laughs.Saw),
        new("laugh: spoken a", true, 1.5, random => Laughs.Spoken(random, speech, "a")),
        new("laugh: spoken V", true, 1, random => Laughs.Spoken(random, speech, "V")),
        new("laugh: chopped", true, 3, random => Laughs.Chopped(random, speech)),
        new("laugh: pulses", true, 2.5, Laughs.Pulses),
        new("bursts", false, 3, TrainingDistractors.Bursts),
        new("babbling", false, 2, TrainingDistractors.Babbling),
        new("speech", false, 5, random => speech.Talk(random, random.Next(6, 14))),
        new("spoken ha", false, 2, random => Repeat(random, speech, ["ha", "ha ha", "ho"], ", ")),
        new("syllables", false, 2.5, random => Repeat(random, speech, ["bah", "da", "go", "mee", "pa", "ta"], random.Next(2) == 0 ? ". " : " ")),
        new("counting", false, 1, random => speech.Say(random, "1, 2, 3, 4, 5, 6, 7, 8", random.Next(140, 230))),
        new("crying", false, 1.5, TrainingDistractors.Cry),
        new("barking", false, 1.5, TrainingDistractors.Bark),
        new("applause", false, 1, TrainingDistractors.Applause),
        new("music", false, 2, TrainingDistractors.Arpeggio),
        new("humming", false, 1, TrainingDistractors.Humming),
        new("breathing", false, 1.5, TrainingDistractors.Breathing),
        new("knocks", false, 1, TrainingDistractors.Knocks),
        new("beeps", false, 1, TrainingDistractors.Beeps),
        new("cough", false, 1, TrainingDistractors.Cough),
        new("typing", false, 0.5, TrainingDistractors.Typing),
    ];

    private static List<Recipe> Test(Speech speech) =>
    [
        new("laugh: source-filter", true, 4, Laughs.SourceFilter),
        new("laugh: giggle", true, 2, Laughs.Giggle),
        new("laugh: spoken E", true, 1.5, random => Laughs.Spoken(random, speech, "E")),
        new("laugh: spoken I", true, 0.5, random => Laughs.Spoken(random, speech, "I")),
        new("speech", false, 5, random => speech.Talk(random, random.Next(6, 14))),
        new("spoken ha", false, 2, random => Repeat(random, speech, ["hah", "he he", "hey"], ", ")),
        new("syllables", false, 2.5, random => Repeat(random, speech, ["la", "na", "boo", "key", "so", "wah"], random.Next(2) == 0 ? ". " : " ")),
        new("counting", false, 1, random => speech.Say(random, "20, 30, 40, 50, 60, 70", random.Next(140, 230))),
        new("crying", false, 1.5, TestDistractors.Sob),
        new("barking", false, 1.5, TestDistractors.Woof),
        new("applause", false, 1, TestDistractors.Clapping),
        new("music", false, 3, TestDistractors.Band),
        new("breathing", false, 1, TestDistractors.Snoring),
        new("panting", false, 0.75, TestDistractors.Panting),
        new("footsteps", false, 1, TestDistractors.Footsteps),
        new("alarm", false, 1, TestDistractors.Alarm),
        new("sneeze", false, 1, TestDistractors.Sneeze),
        new("rattle", false, 0.5, TestDistractors.Rattle),
    ];

    private static float[] Repeat(Random random, Speech speech, string[] syllables, string separator)
    {
        var syllable = syllables[random.Next(syllables.Length)];
        return speech.Say(random, string.Join(separator, Enumerable.Repeat(syllable, random.Next(3, 8))), random.Next(120, 240));
    }
}
