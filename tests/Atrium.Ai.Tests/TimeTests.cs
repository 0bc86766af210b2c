using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class TimeTests : SimulatorTest
{
    private static readonly ProviderTimeouts Timeouts = new()
    {
        FirstByte = TimeSpan.FromSeconds(7),
        Silence = TimeSpan.FromSeconds(11),
        Total = TimeSpan.FromSeconds(500),
        LongestRetryWait = TimeSpan.FromSeconds(60),
    };

    public static MatrixTheoryData<string, Fault> Silences { get; } = new([.. RowIds], [Fault.StallBeforeHeaders, Fault.StallBeforeBody, Fault.Stall]);

    public static MatrixTheoryData<string, Fault> Useless { get; } =
        new([.. RowIds], [Fault.QuotaExhausted, Fault.RateLimited, Fault.KeyRefused, Fault.BadRequest, Fault.ContextTooLong]);

    public static MatrixTheoryData<string, Fault> Inside { get; } = new([.. RowIds], [Fault.Cut, Fault.ErrorInside, Fault.EndEarly]);

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task Gives_up_on_silence(string row, Fault fault)
    {
        var seconds = fault is Fault.Stall ? 11 : 7;
        Simulator.Simulation.Enqueue(new Reply { Fault = fault, FaultAt = 1_000, Words = 50 });
        var clock = ManualClock.AtPresent();
        var collecting = CollectAsync(Chat(Simulator, row, Timeouts, clock).GetStreamingResponseAsync("Hi", Options(), Cancellation));

        var request = await Simulator.Simulation.NextAnswerAsync(row, ofStream: fault is not Fault.StallBeforeHeaders);
        await AdvanceUntilDoneAsync(clock, TimeSpan.FromSeconds(seconds), collecting);

        var (_, failure) = await collecting;
        failure!.Kind.ShouldBe(ProviderErrorKind.TimedOut);
        (await request.Ended).ShouldBe(RequestEnd.ClosedByClient);
    }

    [Fact]
    public async Task Gives_up_on_a_stream_that_never_ends()
    {
        Simulator.Simulation.Enqueue(new Reply { Words = 1_000_000, TokensPerSecond = 500 });
        var clock = new ManualClock();
        var onlyTheTotal = Timeouts with { FirstByte = TimeSpan.FromHours(1), Silence = TimeSpan.FromHours(1) };
        var collecting = CollectAsync(Chat(Simulator, timeouts: onlyTheTotal, clock: clock).GetStreamingResponseAsync("Hi", Options(), Cancellation));
        await Simulator.Simulation.NextRequestAsync(Cancellation);

        while (!collecting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await collecting).Failure!.Kind.ShouldBe(ProviderErrorKind.TimedOut);
    }

    [Fact]
    public async Task Waits_as_long_as_it_is_asked_and_tries_again()
    {
        Simulator.Simulation.Enqueue(
            new Reply { Fault = Fault.Overloaded, RetryAfter = "3" },
            new Reply { Fault = Fault.RateLimited, RetryAfter = "13000", RetryAfterHeader = "retry-after-ms" },
            new Reply { Text = "Third time." });
        var clock = new ManualClock();
        var asking = Chat(Simulator, timeouts: Timeouts, clock: clock).GetResponseAsync("Hi", Options(), Cancellation);

        await clock.WhenWaitedForAsync(TimeSpan.FromSeconds(3));
        Simulator.Simulation.Requests.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(3));
        await clock.WhenWaitedForAsync(TimeSpan.FromSeconds(13));
        Simulator.Simulation.Requests.Count.ShouldBe(2);
        clock.Advance(TimeSpan.FromSeconds(13));

        (await asking).Text.ShouldBe("Third time.");
        Simulator.Simulation.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("anthropic", "Retry-After", "3", 3)]
    [InlineData("anthropic", "retry-after-ms", "13000", 13)]
    [InlineData("anthropic", "Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("google-gemini", "Retry-After", "3", 3)]
    [InlineData("google-gemini", "RetryInfo", "34s", 34)]
    [InlineData("google-gemini", "Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("ollama-cloud", "Retry-After", "3", 3)]
    [InlineData("ollama-cloud", "retry-after-ms", "13000", 13)]
    [InlineData("openai-compatible", "Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("openai-compatible", "x-ms-retry-after-ms", "2000", 2)]
    public async Task Waits_as_long_as_it_is_asked_in_every_form(string row, string header, string value, int seconds)
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = Fault.RateLimited, RetryAfter = value, RetryAfterHeader = header }, new Reply { Text = "Second time." });
        var clock = new ManualClock();
        var asking = Chat(Simulator, row, Timeouts, clock).GetResponseAsync("Hi", Options(), Cancellation);

        await clock.WhenWaitedForAsync(TimeSpan.FromSeconds(seconds));
        Simulator.Simulation.Requests.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(seconds));

        (await asking).Text.ShouldBe("Second time.");
        clock.Timers.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Useless))]
    public async Task Asks_only_once_where_asking_again_is_useless(string row, Fault fault)
    {
        // A wait that is too long is as good as a refusal.
        Simulator.Simulation.Default = new Reply { Fault = fault, RetryAfter = fault is Fault.RateLimited ? "61" : "1" };

        await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, row, Timeouts, ManualClock.AtPresent()).GetResponseAsync("Hi", Options(), Cancellation));

        // A refused token is exchanged anew once.
        Simulator.Simulation.Asked().Count.ShouldBe((row, fault) is ("ibm-watsonx", Fault.KeyRefused) ? 2 : 1);
    }

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task Never_asks_again_after_the_first_byte(string row, Fault fault)
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = fault, FaultAt = 600, Words = 50 });

        var (_, failure) = await CollectAsync(Chat(Simulator, row, Timeouts).GetStreamingResponseAsync("Hi", Options(), Cancellation));

        failure.ShouldNotBeNull();
        Simulator.Simulation.Asked().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stopping_closes_the_socket_of_the_provider()
    {
        Simulator.Simulation.Enqueue(new Reply { Words = 100_000, TokensPerSecond = 100 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var seen = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), stop.Token))
                if (++seen == 3)
                    await stop.CancelAsync();
        });

        (await Simulator.Simulation.Requests[0].Ended).ShouldBe(RequestEnd.ClosedByClient);
    }

    [Theory]
    [InlineData(100d)]
    [InlineData(null)]
    public async Task Leaving_a_stream_closes_the_socket_of_the_provider(double? tokensPerSecond)
    {
        Simulator.Simulation.Enqueue(new Reply { Words = 300_000, TokensPerSecond = tokensPerSecond });

        await foreach (var update in Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), Cancellation))
            if (update.Text.Length > 0)
                break;

        (await Simulator.Simulation.Requests[0].Ended).ShouldBe(RequestEnd.ClosedByClient);
    }

    [Fact]
    public async Task Stopping_before_the_first_byte_closes_the_socket_too()
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = Fault.StallBeforeHeaders });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asking = Chat(Simulator).GetResponseAsync("Hi", Options(), stop.Token);
        var request = await Simulator.Simulation.NextRequestAsync(Cancellation);

        await stop.CancelAsync();

        var cancelled = await Should.ThrowAsync<OperationCanceledException>(asking);
        cancelled.CancellationToken.ShouldBe(stop.Token);
        (await request.Ended).ShouldBe(RequestEnd.ClosedByClient);
    }

    private static async Task AdvanceUntilDoneAsync(ManualClock clock, TimeSpan wait, Task done)
    {
        while (await Task.WhenAny(done, clock.WhenWaitedForAsync(wait)) != done)
            clock.Advance(wait);
    }
}
