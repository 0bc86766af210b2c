using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Atrium.Simulators;

/// <summary>What a running simulator knows: the replies to come and the requests that came.</summary>
public sealed class Simulation
{
    private const int MostRequests = 10_000;

    private readonly ConcurrentQueue<Reply> _replies = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly Channel<RecordedRequest> _arrivals = Channel.CreateBounded<RecordedRequest>(
        new BoundedChannelOptions(MostRequests) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Time for pacing.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The reply when the queue is empty and the prompt has no magic word.</summary>
    public Reply Default { get; set; } = new();

    /// <summary>Tokens made before this time are refused as expired.</summary>
    public DateTimeOffset TokensAreRevokedUntil { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Every request so far, the oldest first (the last 10,000).</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Queues replies for the next requests that ask for an answer.</summary>
    public void Enqueue(params IReadOnlyList<Reply> replies)
    {
        foreach (var reply in replies)
            _replies.Enqueue(reply);
    }

    /// <summary>Forgets queued replies.</summary>
    public void Clear() => _replies.Clear();

    /// <summary>Waits for the next request that nobody waited for yet.</summary>
    public async Task<RecordedRequest> NextRequestAsync(CancellationToken cancellation = default) =>
        await _arrivals.Reader.ReadAsync(cancellation);

    internal Reply Take(string prompt)
    {
        var reply = _replies.TryDequeue(out var queued) ? queued : Default;
        return MagicWords.Apply(reply, prompt);
    }

    internal void Record(RecordedRequest request)
    {
        _requests.Enqueue(request);
        while (_requests.Count > MostRequests)
            _requests.TryDequeue(out _);
        _arrivals.Writer.TryWrite(request);
    }
}
