using Atrium.Laughter.Events;

namespace Atrium.Laughter.Evaluation;

/// <summary>One threshold of a sweep.</summary>
/// <param name="Threshold">Score that starts an event.</param>
/// <param name="Recall">Share of the laughs that something found overlaps, 0..1.</param>
/// <param name="FalseAlarmsPerHour">Found events without laughter, for each hour.</param>
public sealed record SweepPoint(double Threshold, double Recall, double FalseAlarmsPerHour)
{
    private const int Thresholds = 50;
    private const double MostFalseAlarms = 100;

    /// <summary>Sweeps the threshold, with the rules' ratio of staying to entering.</summary>
    internal static IReadOnlyList<SweepPoint> Sweep(IReadOnlyList<RecordingScores> recordings, EventRules rules)
    {
        var hours = Math.Max(recordings.Sum(recording => recording.Seconds) / 3_600, 1e-9);
        var ratio = rules.Enter > 0 ? rules.Stay / rules.Enter : 1;
        return [.. Enumerable.Range(1, Thresholds).Select(step =>
        {
            var threshold = step / (Thresholds + 1.0);
            var at = rules with { Enter = threshold, Stay = threshold * ratio };
            var counts = recordings.Aggregate(default(Counts), (sum, recording) =>
                sum + EventMatching.Count(recording.Truth, recording.Find(at), EventCriterion.Overlap));
            return new SweepPoint(threshold, counts.Recall, counts.FalseAlarms / hours);
        })];
    }

    /// <summary>Area under the best recall that costs at most so many false alarms, from 0 to 100 an hour.</summary>
    internal static double Area(IReadOnlyList<SweepPoint> sweep)
    {
        double area = 0, best = 0, at = 0;
        foreach (var point in sweep.OrderBy(point => point.FalseAlarmsPerHour).Where(point => point.FalseAlarmsPerHour <= MostFalseAlarms))
        {
            area += best * (point.FalseAlarmsPerHour - at);
            at = point.FalseAlarmsPerHour;
            best = Math.Max(best, point.Recall);
        }

        return (area + (best * (MostFalseAlarms - at))) / MostFalseAlarms;
    }
}
