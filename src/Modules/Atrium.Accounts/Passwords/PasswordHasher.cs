using System.Collections.Concurrent;
using Atrium.Platform.Configuration;

namespace Atrium.Accounts.Passwords;

/// <summary>More people want to sign in at once than the machine can hash for.</summary>
internal sealed class HashingBusyException(int waiting) : Exception($"{waiting} passwords wait to be hashed.");

/// <summary>
/// Hashes on threads of its own, one fewer than there are cores, with a bounded queue: a storm of sign-ins waits or is turned away,
/// and everything else keeps its thread pool and a core.
/// </summary>
internal sealed class PasswordHasher : IDisposable
{
    /// <summary>About 10 s of waiting at cost 12.</summary>
    private const int QueuePerThread = 64;

    private readonly int cost;
    private readonly string unmatchable;
    private readonly BlockingCollection<Action> queue;

    public PasswordHasher(HouseSettings settings) : this(settings.BcryptRounds, Math.Max(1, Environment.ProcessorCount - 1), QueuePerThread)
    {
    }

    internal PasswordHasher(int cost, int threads, int queuePerThread)
    {
        this.cost = cost;
        unmatchable = PasswordHash.Unmatchable(cost);
        queue = new BlockingCollection<Action>(threads * queuePerThread);
        for (var number = 1; number <= threads; number++)
            new Thread(Work) { IsBackground = true, Name = $"password hashing {number}" }.Start();
    }

    /// <exception cref="HashingBusyException">The queue is full.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellation) =>
        RunAsync(() => PasswordHash.Create(password, cost), cancellation);

    /// <param name="stored">Null for a name that does not exist: the same work is done, and the answer is wrong.</param>
    /// <exception cref="HashingBusyException">The queue is full.</exception>
    public Task<PasswordVerdict> VerifyAsync(string password, string? stored, CancellationToken cancellation) =>
        RunAsync(() => PasswordHash.Verify(password, stored ?? unmatchable, cost), cancellation);

    public void Dispose() => queue.CompleteAdding();

    internal Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.TryAdd(() => Run(work, completion, cancellation)))
            throw new HashingBusyException(queue.Count);
        return completion.Task;
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> completion, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            completion.SetCanceled(cancellation);
            return;
        }
        try
        {
            completion.SetResult(work());
        }
        catch (Exception exception)
        {
            completion.SetException(exception);
        }
    }

    private void Work()
    {
        foreach (var work in queue.GetConsumingEnumerable())
            work();
    }
}
