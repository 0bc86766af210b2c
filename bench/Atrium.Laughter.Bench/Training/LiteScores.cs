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

    /// <summary>The highest score, averaged over half a second as for events, while each sound lasts.</summary>
    public static IEnumerable<(Placed Sound, float Score)> OfSounds(RecordingScores scores, Session session)
    {
        const int reach = 2;
        var raw = scores.Frames;
        var smooth = Enumerable.Range(0, raw.Count).Select(i => Enumerable.Range(i - reach, (2 * reach) + 1)
            .Where(at => at >= 0 && at < raw.Count).Average(at => raw[at].Score)).ToArray();
        return session.Sounds.Select(sound => (sound, Enumerable.Range(0, raw.Count)
            .SkipWhile(i => raw[i].End < sound.Start - 0.2).TakeWhile(i => raw[i].Start < sound.End + 0.2)
            .Select(i => smooth[i]).DefaultIfEmpty(0).Max()));
    }
}
