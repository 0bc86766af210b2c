using Atrium.Laughter.Events;

namespace Atrium.Laughter.Evaluation;

/// <summary>How well a detector does on a set of labelled recordings.</summary>
public sealed record EvaluationReport
{
    /// <summary>Recordings in the set.</summary>
    public required int Recordings { get; init; }

    /// <summary>Hours in the set.</summary>
    public required double Hours { get; init; }

    /// <summary>Labelled laughs in the set.</summary>
    public required int Laughs { get; init; }

    /// <summary>Recordings with and without any laughter, told apart by whether anything was found.</summary>
    public required Counts Clips { get; init; }

    /// <summary>Frame by frame.</summary>
    public required Counts Frames { get; init; }

    /// <summary>Event by event, by the name of the criterion.</summary>
    public required IReadOnlyDictionary<string, Counts> Events { get; init; }

    /// <summary>Found events that overlap no laughter, for each hour of recording.</summary>
    public required double FalseAlarmsPerHour { get; init; }

    /// <summary>Median of the distance between true and found onsets of overlapping events, in seconds.</summary>
    public required double OnsetError { get; init; }

    /// <summary>Recall by overlap against false alarms, one point for each threshold.</summary>
    public required IReadOnlyList<SweepPoint> Sweep { get; init; }

    /// <summary>Area under the sweep from 0 to 100 false alarms an hour, 0..1: a PSDS without its cross-triggers, as there is one class.</summary>
    public required double SweepArea { get; init; }

    /// <summary>Evaluates recordings with the rules of a detector, and sweeps its threshold.</summary>
    public static EvaluationReport Of(IReadOnlyList<RecordingScores> recordings, EventRules rules)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentNullException.ThrowIfNull(rules);
        var found = recordings.Select(recording => recording.Find(rules)).ToList();
        EventCriterion[] criteria = [EventCriterion.Strict, EventCriterion.Onset, EventCriterion.Overlap];
        var events = criteria.ToDictionary(
            criterion => criterion.Name,
            criterion => Sum(recordings.Zip(found, (recording, items) => EventMatching.Count(recording.Truth, items, criterion))),
            StringComparer.Ordinal);
        var hours = recordings.Sum(recording => recording.Seconds) / 3_600;
        var sweep = SweepPoint.Sweep(recordings, rules);
        return new EvaluationReport
        {
            Recordings = recordings.Count,
            Hours = hours,
            Laughs = recordings.Sum(recording => recording.Truth.Count),
            Clips = Sum(recordings.Zip(found, (recording, items) => Clip(recording.Truth.Count > 0, items.Count > 0))),
            Frames = Sum(recordings.Zip(found, (recording, items) => FrameMatching.Count(recording.Truth, items, recording.Seconds))),
            Events = events,
            FalseAlarmsPerHour = hours > 0 ? events[EventCriterion.Overlap.Name].FalseAlarms / hours : 0,
            OnsetError = MedianOnsetError(recordings, found),
            Sweep = sweep,
            SweepArea = SweepPoint.Area(sweep),
        };
    }

    private static Counts Clip(bool isTrue, bool isFound) =>
        new(isTrue && isFound ? 1 : 0, !isTrue && isFound ? 1 : 0, isTrue && !isFound ? 1 : 0);

    private static Counts Sum(IEnumerable<Counts> counts) => counts.Aggregate(default(Counts), (left, right) => left + right);

    private static double MedianOnsetError(IReadOnlyList<RecordingScores> recordings, List<IReadOnlyList<Stretch>> found)
    {
        var errors = recordings
            .Zip(found)
            .SelectMany(pair => pair.First.Truth
                .Select(truth => pair.Second.Where(item => EventCriterion.Overlap.Fits(truth, item)).Select(item => Math.Abs(item.Start - truth.Start)).DefaultIfEmpty(-1).Min())
                .Where(error => error >= 0))
            .Order()
            .ToList();
        return errors.Count == 0 ? 0 : errors[errors.Count / 2];
    }
}
