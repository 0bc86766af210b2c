using System.Collections.Concurrent;
using Atrium.Accounts.Passwords;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.Passwords;

public sealed class PasswordHasherTests
{
    [Fact]
    public async Task Hashes_at_most_as_many_at_once_as_it_has_threads_and_never_on_the_pool()
    {
        const int threads = 2;
        using var hasher = new PasswordHasher(cost: 4, threads, queuePerThread: 50);
        var running = 0;
        var most = 0;
        var onPool = new ConcurrentBag<bool>();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => hasher.RunAsync(
            () =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                onPool.Add(Thread.CurrentThread.IsThreadPoolThread);
                PasswordHash.Create("some password", 4);
                return Interlocked.Decrement(ref running);
            },
            default)));

        most.ShouldBeLessThanOrEqualTo(threads);
        onPool.Count.ShouldBe(60);
        onPool.ShouldAllBe(isPool => !isPool);
    }

    [Fact]
    public async Task Turns_sign_ins_away_with_429_when_too_many_wait_and_serves_everything_else()
    {
        using var gate = new ManualResetEventSlim();
        using var started = new SemaphoreSlim(0);
        using var hasher = new PasswordHasher(cost: 4, threads: 1, queuePerThread: 1);
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, replace: services => services.AddSingleton(hasher));
        var admin = await house.AdminAsync();
        var running = hasher.RunAsync(
            () =>
            {
                started.Release();
                gate.Wait();
                return true;
            },
            default);
        await started.WaitAsync();
        var waiting = hasher.RunAsync(() => true, default);

        using var refused = await house.Client.PostAsync("/api/login", new { username = admin.Username, password = TestHouse.Password });
        (await refused.OutcomeAsync()).ShouldBe("429 sign-in-busy");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await admin.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");

        gate.Set();
        (await running && await waiting).ShouldBeTrue();
        (await house.Client.PostAsync("/api/login", new { username = admin.Username, password = TestHouse.Password }).OutcomeAsync()).ShouldBe("200");
    }

    [Fact]
    public async Task Does_no_work_for_whoever_has_gone_away()
    {
        using var hasher = new PasswordHasher(cost: 4, threads: 1, queuePerThread: 4);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var worked = false;

        await Should.ThrowAsync<OperationCanceledException>(() => hasher.RunAsync(() => worked = true, gone.Token));

        worked.ShouldBeFalse();
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
