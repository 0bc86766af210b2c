using System.Diagnostics;
using Atrium.Laughter.Audio;

namespace Atrium.Laughter.World;

/// <summary>Speech of one split's voices, made by espeak-ng. Training and test voices have nothing in common.</summary>
internal sealed class Speech(bool forTest)
{
    private static readonly string[] TrainingVoices =
        ["en-us+m1", "en-us+f1", "en-gb+m2", "en-us+m3", "en-gb+f2", "de+m1", "es+f1", "nl+m3", "en-us+croak", "sv+f2"];

    private static readonly string[] TestVoices =
        ["en-us+m5", "en-us+f4", "en-gb-scotland+m6", "en-us+m7", "en+f5", "fr+f3", "it+m4", "pt+f4", "vi+m5", "en-us+whisper"];

    private static readonly string[] Words = (
        "morning table window people garden seven bring follow yellow river quickly under never paper simple answer " +
        "mother summer station bottle listen market orange doctor perhaps building remember another kitchen weather " +
        "tomorrow island history number letter music school evening water travel careful machine village thousand " +
        "because between picture question important country minute children beautiful again against house before " +
        "little money hello friend always coffee sugar bridge silver mountain pencil yesterday ticket corner shoulder").Split(' ');

    private string[] Voices { get; } = VoicesFor(forTest);

    public static string[] VoicesFor(bool forTest) => forTest ? TestVoices : TrainingVoices;

    /// <summary>Some seconds of sentences out of random words.</summary>
    public float[] Talk(Random random, int words)
    {
        var sentence = string.Join(' ', Enumerable.Range(0, words).Select(i =>
            Words[random.Next(Words.Length)] + (i % 7 == 6 ? "." : i % 4 == 3 ? "," : "")));
        return Say(random, sentence, random.Next(120, 220));
    }

    /// <summary>Says a text, or espeak phonemes in double brackets, with a voice of this split.</summary>
    public float[] Say(Random random, string text, int wordsPerMinute) =>
        Run(Voices[random.Next(Voices.Length)], text, wordsPerMinute, random.Next(30, 75));

    /// <summary>Says phonemes with an English voice of this split, pitched up as a laugher is.</summary>
    public float[] SayPhonemes(Random random, string phonemes, int wordsPerMinute)
    {
        var english = Voices.Where(voice => voice.StartsWith("en", StringComparison.Ordinal) && !voice.Contains("whisper", StringComparison.Ordinal)).ToArray();
        return Run(english[random.Next(english.Length)], $"[[{phonemes}]]", wordsPerMinute, random.Next(50, 95));
    }

    private static float[] Run(string voice, string text, int wordsPerMinute, int pitch)
    {
        var path = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("espeak-ng");
            foreach (var argument in (string[])["-v", voice, "-s", $"{wordsPerMinute}", "-p", $"{pitch}", "-w", path, text])
                start.ArgumentList.Add(argument);
            using (var process = Process.Start(start)!)
                process.WaitForExit();
            return Trim(ReadAll(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static float[] ReadAll(string path)
    {
        var samples = new List<float>();
        foreach (var piece in AudioDecoder.DecodeAsync(path).ToBlockingEnumerable())
            samples.AddRange(piece.Span);
        return [.. samples];
    }

    private static float[] Trim(float[] sound)
    {
        var first = Array.FindIndex(sound, sample => Math.Abs(sample) > 0.01f);
        var last = Array.FindLastIndex(sound, sample => Math.Abs(sample) > 0.01f);
        return first < 0 ? new float[Sound.Samples(0.5)] : sound[first..(last + 1)];
    }
}
