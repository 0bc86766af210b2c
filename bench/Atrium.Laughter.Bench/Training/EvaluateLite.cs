using Atrium.Laughter.Bench;
using Atrium.Laughter.Evaluation;
using Atrium.Laughter.Lite;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Training;

/// <summary><c>lite SESSIONS</c>: scores the test split, whose voices and recipes training never saw, by condition.</summary>
internal static class EvaluateLite
{
    private const double SessionSeconds = 600;
    private const int FirstSeed = 501;
    private static readonly double[] Levels = [SessionMaker.Clean, 20, 10, 5, 0];
    private static readonly string[] Goals = ["0.96", "", "0.95", "0.90", ""];

    public static async Task<int> RunAsync(int sessions)
    {
        var report = new BenchReport("lite");
        var maker = new SessionMaker(test: true);
        var recordings = Levels.Select(_ => new List<RecordingScores>()).ToArray();
        var sounds = Levels.Select(_ => new List<(Placed Sound, float Score)>()).ToArray();
        for (var seed = FirstSeed; seed < FirstSeed + sessions; seed++)
        {
            var made = maker.Make(seed, SessionSeconds, Levels);
            for (var level = 0; level < Levels.Length; level++)
            {
                // Every other session goes through Opus at 24 kb/s.
                var session = seed % 2 == 0 ? await SessionMaker.ThroughOpusAsync(made[level]) : made[level];
                var scores = LiteScores.Of(LiteModel.Default, session, $"{seed}");
                recordings[level].Add(scores);
                sounds[level].AddRange(LiteScores.OfSounds(scores, session));
            }
        }

        for (var level = 0; level < Levels.Length; level++)
            Add(report, double.IsPositiveInfinity(Levels[level]) ? "clean" : $"{Levels[level]} dB", Goals[level], recordings[level], sounds[level]);
        foreach (var kind in sounds[0].Concat(sounds[2]).GroupBy(item => item.Sound.Kind).OrderByDescending(kind => kind.Average(item => item.Score)))
            report.Add($"mean score, clean and 10 dB, of {kind.Count()} of {kind.Key}", kind.Average(item => item.Score), "score");
        report.Finish();
        return 0;
    }

    private static void Add(BenchReport report, string level, string goal, List<RecordingScores> recordings, List<(Placed Sound, float Score)> sounds)
    {
        var evaluated = EvaluationReport.Of(recordings, LiteModel.Default.Rules);
        report.Add($"{level}: AUC of {sounds.Count(item => item.Sound.IsLaugh)} laughs against {sounds.Count(item => !item.Sound.IsLaugh)} others", Ranking.Area([.. sounds.Select(item => (item.Score, item.Sound.IsLaugh))]), "AUC", goal);
        foreach (var (name, counts) in evaluated.Events)
        {
            report.Add($"{level}: events, {name}", counts.F1, "F1");
            if (name == EventCriterion.Overlap.Name)
            {
                report.Add($"{level}: events, {name}", counts.Precision, "precision");
                report.Add($"{level}: events, {name}", counts.Recall, "recall");
            }
        }

        report.Add($"{level}: frames", evaluated.Frames.F1, "F1");
        report.Add($"{level}: false alarms among dense distractors", evaluated.FalseAlarmsPerHour, "an hour");
        report.Add($"{level}: onset error, median", evaluated.OnsetError, "s");
        report.Add($"{level}: area of the sweep", evaluated.SweepArea, "0..1");
        report.Add($"{level}: recording", evaluated.Hours, "h");
    }
}
