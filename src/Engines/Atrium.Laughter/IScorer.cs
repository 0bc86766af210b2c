using Atrium.Laughter.Events;

namespace Atrium.Laughter;

/// <summary>Scores a stream of 16 kHz mono samples: with YAMNet, or with the lite detector.</summary>
internal interface IScorer
{
    /// <summary>Takes samples and adds the frames that they complete.</summary>
    void Push(ReadOnlySpan<float> samples, List<ScoreFrame> frames);

    /// <summary>Takes the end of the stream and adds the last frames.</summary>
    void Complete(List<ScoreFrame> frames);
}
