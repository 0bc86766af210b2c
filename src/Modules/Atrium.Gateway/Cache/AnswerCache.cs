using System.Collections.Concurrent;

namespace Atrium.Gateway.Cache;

/// <summary>An answer as its program got it.</summary>
/// <param name="Cost">US dollars it cost, and each repetition spares; null when its price is unknown.</param>
internal sealed record CachedAnswer(Guid PersonId, byte[] Body, string ContentType, string Provider, string Model, decimal? Cost, DateTimeOffset At);

/// <summary>How often a person's programs asked what could be kept, since this server started.</summary>
internal sealed record CacheCounts(long Hits, long Misses)
{
    public static readonly CacheCounts None = new(0, 0);
}

/// <summary>
/// Answers of a while, in this server's memory. A key holds everything an answer depends on, whose it is first of all. Who asks while the same
/// is being asked waits for that answer.
/// </summary>
internal sealed class AnswerCache
{
    public const int LongestAnswer = 512 * 1024;
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, CachedAnswer> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, CacheCounts> counts = new();
    private readonly Lock gate = new();
    private long bytes;

    /// <param name="since">Older answers do not count.</param>
    public CachedAnswer? Find(string key, DateTimeOffset since)
    {
        if (!answers.TryGetValue(key, out var answer))
            return null;
        if (answer.At >= since)
            return answer;
        Forget(key);
        return null;
    }

    /// <returns>True when nobody else asks this now; whoever gets it must <see cref="End"/>.</returns>
    public bool TryBegin(string key) => asked.TryAdd(key, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <param name="answer">Null: there is none worth keeping.</param>
    public void End(string key, CachedAnswer? answer)
    {
        if (answer is not null)
            Keep(key, answer);
        if (asked.TryRemove(key, out var waiting))
            waiting.SetResult(answer is not null);
    }

    /// <summary>Waits for whoever asks the same now.</summary>
    /// <returns>False when there is no answer to be had from them.</returns>
    public Task<bool> WaitAsync(string key, CancellationToken cancellation) =>
        asked.TryGetValue(key, out var waiting) ? waiting.Task.WaitAsync(cancellation) : Task.FromResult(true);

    public void Forget(string key)
    {
        if (answers.TryRemove(key, out var answer))
            Interlocked.Add(ref bytes, -answer.Body.Length);
    }

    public int CountOf(Guid personId) => answers.Count(answer => answer.Value.PersonId == personId);

    public CacheCounts CountsOf(Guid personId) => counts.GetValueOrDefault(personId) ?? CacheCounts.None;

    public void Count(Guid personId, bool isHit) =>
        counts.AddOrUpdate(personId, Add(CacheCounts.None, isHit), (_, before) => Add(before, isHit));

    public void Empty(Guid personId)
    {
        foreach (var (key, answer) in answers)
        {
            if (answer.PersonId == personId)
                Forget(key);
        }
    }

    private static CacheCounts Add(CacheCounts counts, bool isHit) => isHit ? counts with { Hits = counts.Hits + 1 } : counts with { Misses = counts.Misses + 1 };

    private void Keep(string key, CachedAnswer answer)
    {
        Forget(key);
        if (answers.TryAdd(key, answer))
            Interlocked.Add(ref bytes, answer.Body.Length);
        if (Interlocked.Read(ref bytes) > MostBytes)
            ForgetOldest();
    }

    private void ForgetOldest()
    {
        lock (gate)
        {
            foreach (var (key, _) in answers.OrderBy(answer => answer.Value.At))
            {
                if (Interlocked.Read(ref bytes) <= MostBytes * 3 / 4)
                    return;
                Forget(key);
            }
        }
    }
}
