using System.Text.Json;
using Atrium.Laughter.Evaluation;
using Atrium.Laughter.Lite;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Training;

/// <summary>
/// <c>train FILE SESSIONS</c>: makes the training world, trains, chooses thresholds on sessions of the training recipes
/// that were not trained on, and writes the parameters. Never looks at the test split. The shipped ones are of 6 sessions.
/// </summary>
internal static class TrainLite
{
    private const double SessionSeconds = 600;
    private const int Hidden = 24;
    private const int Epochs = 24;
    private const int FirstThresholdSeed = 101;
    private const double MostFalseAlarmsPerHour = 12;
    private static readonly double[] Levels = [SessionMaker.Clean, 20, 10, 5];

    public static async Task<int> RunAsync(string path, int sessions)
    {
        var maker = new SessionMaker(test: false);
        var windows = new WindowSet();
        for (var seed = 1; seed <= sessions; seed++)
        {
            foreach (var session in maker.Make(seed, SessionSeconds, Levels))
                windows.Add(seed % 2 == 0 ? await SessionMaker.ThroughOpusAsync(session) : session);
            Console.Error.WriteLine($"session {seed}: {windows.Features.Count} windows, {windows.Labels.Count(label => label)} of laughter");
        }

        var model = new LiteTrainer(windows, Hidden, Epochs).Train(Console.Error.WriteLine);
        var recordings = new List<RecordingScores>();
        for (var seed = FirstThresholdSeed; seed <= FirstThresholdSeed + (sessions / 3); seed++)
        {
            foreach (var session in maker.Make(seed, SessionSeconds, Levels))
                recordings.Add(LiteScores.Of(model, session, $"{seed}"));
        }

        model = WithThresholds(model, recordings);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(model, JsonSerializerOptions.Web) + "\n");
        Console.Error.WriteLine($"enter {model.Enter:F2}, stay {model.Stay:F2}");
        return 0;
    }

    /// <summary>The lowest threshold that keeps false alarms on untrained sessions bearable; those are dense with distractors.</summary>
    private static LiteModel WithThresholds(LiteModel model, List<RecordingScores> recordings)
    {
        var sweep = EvaluationReport.Of(recordings, model.Rules).Sweep;
        foreach (var point in sweep)
            Console.Error.WriteLine($"threshold {point.Threshold:F2}: recall {point.Recall:F3}, {point.FalseAlarmsPerHour:F1} false alarms an hour");
        var chosen = sweep.Where(point => point.FalseAlarmsPerHour <= MostFalseAlarmsPerHour).MinBy(point => point.Threshold) ?? sweep[^1];
        return new LiteModel
        {
            Features = model.Features,
            Mean = model.Mean,
            Scale = model.Scale,
            Hidden = model.Hidden,
            HiddenBias = model.HiddenBias,
            Output = model.Output,
            OutputBias = model.OutputBias,
            Enter = Math.Round(chosen.Threshold, 2),
            Stay = Math.Round(chosen.Threshold / 2, 2),
        };
    }
}
