using Atrium.Laughter.Evaluation;
using Atrium.Laughter.Events;
using Atrium.Laughter.Lite;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Training;

/// <summary>Scores of the lite detector over a session.</summary>
internal static class LiteScores
{
    public static RecordingScores Of(LiteModel model, Session session, string name)
    {
        var frames = new List<ScoreFrame>();
        var scorer = new LiteScorer(model);
        scorer.Push(session.Samples, frames);
        scorer.Complete(frames);
        var truth = session.Sounds.Where(sound => sound.IsLaugh).Select(sound => new Stretch(sound.Start, sound.End)).ToList();
        return new RecordingScores(name, session.Seconds, truth, frames);
    }

    /// <summary>The highest score while each sound lasts.</summary>
    public static IEnumerable<(Placed Sound, float Score)> OfSounds(RecordingScores scores, Session session) =>
        session.Sounds.Select(sound => (sound, scores.Frames
            .Where(frame => frame.End > sound.Start - 0.2 && frame.Start < sound.End + 0.2)
            .Select(frame => frame.Score).DefaultIfEmpty(0).Max()));
}
