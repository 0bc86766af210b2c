using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Atrium.Assistant.Answers;

/// <summary>The answers that this process is making, and what the recorder has to do about them.</summary>
internal sealed class RunningAnswers
{
    /// <summary>Letters not yet stored from which a piece does not wait for its time.</summary>
    public const int RecordEarlyLength = 8 * 1024;

    private readonly ConcurrentDictionary<Guid, RunningAnswer> byGeneration = new();
    private readonly ConcurrentDictionary<Guid, RunningAnswer> byConversation = new();
    private readonly ConcurrentQueue<Guid> finished = new();
    private readonly Channel<bool> recordBell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public ICollection<RunningAnswer> All => byGeneration.Values;

    public ChannelReader<bool> RecordBell => recordBell.Reader;

    public RunningAnswer? Find(Guid generationId) => byGeneration.GetValueOrDefault(generationId);

    public RunningAnswer? FindByConversation(Guid conversationId) => byConversation.GetValueOrDefault(conversationId);

    public void Add(RunningAnswer answer)
    {
        byGeneration[answer.Order.GenerationId] = answer;
        byConversation[answer.Order.ConversationId] = answer;
    }

    /// <param name="isStored">The finished message is durable, so the stored pieces may go.</param>
    public void Remove(RunningAnswer answer, bool isStored)
    {
        byGeneration.TryRemove(answer.Order.GenerationId, out _);
        byConversation.TryRemove(KeyValuePair.Create(answer.Order.ConversationId, answer));
        if (isStored)
            finished.Enqueue(answer.Order.GenerationId);
    }

    public void RecordSoon() => recordBell.Writer.TryWrite(true);

    public IReadOnlyList<Guid> TakeFinished()
    {
        var ids = new List<Guid>();
        while (finished.TryDequeue(out var id))
            ids.Add(id);
        return ids;
    }

    public void PutBack(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
            finished.Enqueue(id);
    }
}
