using Atrium.Laughter.Evaluation;
using Atrium.Laughter.Lite;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Training;

/// <summary><c>lite [SESSIONS]</c>: scores the test split, whose voices and recipes training never saw, by condition.</summary>
internal static class EvaluateLite
{
    private const double SessionSeconds = 600;
    private static readonly double[] Levels = [SessionMaker.Clean, 20, 10, 5, 0];

    public static bool Kept(Recipe recipe) => recipe.Name is not ("laugh: saw" or "laugh: pulses" or "laugh: spoken V" or "spoken ha" or "counting" or "applause" or "music" or "knocks" or "crying" or "babbling");

    public static async Task<int> RunAsync(string[] args)
    {
        var sessions = args.Length > 1 ? int.Parse(args[1], null) : 6;
        LiteModel model;
        if (args.Length > 2) { using var f = File.OpenRead(args[2]); model = LiteModel.Read(f); } else model = LiteModel.Default;
        var maker = args.Length > 3 ? new SessionMaker(test: false, r => !Kept(r)) : new SessionMaker(test: true);
        var byLevel = Levels.ToDictionary(level => level, _ => (Items: new List<(Placed, float)>(), Recordings: new List<RecordingScores>()));
        for (var seed = 501; seed < 501 + sessions; seed++)
        {
            var made = maker.Make(seed, SessionSeconds, Levels);
            for (var i = 0; i < Levels.Length; i++)
            {
                var session = seed % 2 == 0 ? await SessionMaker.ThroughOpusAsync(made[i]) : made[i];
                var scores = LiteScores.Of(model, session, $"{seed}");
                byLevel[Levels[i]].Recordings.Add(scores);
                byLevel[Levels[i]].Items.AddRange(LiteScores.OfSounds(scores, session));
            }
        }

        foreach (var (level, (items, recordings)) in byLevel)
        {
            var report = EvaluationReport.Of(recordings, model.Rules);
            var auc = Ranking.Area([.. items.Select(item => (item.Item2, item.Item1.IsLaugh))]);
            Console.WriteLine($"{level,4} dB: AUC {auc:F3}, F1 any {report.Events["any overlap"].F1:F3} (P {report.Events["any overlap"].Precision:F3} R {report.Events["any overlap"].Recall:F3}), onset .5 {report.Events["0.5 s onset"].F1:F3}, strict {report.Events["0.2 s"].F1:F3}, frame F1 {report.Frames.F1:F3}, FA/h {report.FalseAlarmsPerHour:F1}, sweep area {report.SweepArea:F3}, {recordings.Sum(r => r.Seconds) / 3600:F2} h");
            Console.WriteLine("   " + string.Join("; ", items.GroupBy(item => item.Item1.Kind).OrderByDescending(g => g.Average(i => i.Item2)).Select(g => $"{g.Key} {g.Average(i => i.Item2):F2}")));
        }

        return 0;
    }
}
