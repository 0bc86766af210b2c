using Atrium.Ai;
using Atrium.Simulators;
using Microsoft.Extensions.AI;

namespace Atrium.Faults;

/// <summary>What thousands of failing calls to providers left behind in the process that made them.</summary>
public sealed record LeakResult
{
    public required int Calls { get; init; }

    /// <summary>Calls that ended neither with an answer nor with a <see cref="ProviderException"/>.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Connections open one second after the last call, idle ones of the pool included.</summary>
    public required int OpenConnections { get; init; }

    /// <summary>Connections open once the client is gone: each would be a forgotten stream.</summary>
    public required int ForgottenConnections { get; init; }

    public required long TimersBefore { get; init; }

    public required long TimersAfter { get; init; }

    /// <summary>Live bytes after the second half less those after the first, by call. A forgotten task or buffer is hundreds.</summary>
    public required double BytesKeptByCall { get; init; }
}

/// <summary>Calls a simulator in every dialect with every fault it knows, and counts sockets, timers and live bytes after each half.</summary>
public sealed class LeakRounds(int calls, Action<string> say)
{
    private const int AtOnce = 64;
    private const int ShortTime = 40;

    // In the person's message: the simulator does what it says.
    private static readonly string[] Words =
    [
        "sim:401", "sim:403", "sim:404", "sim:400", "sim:quota", "sim:429=30", "sim:500", "sim:503", "sim:hang", "sim:reset", "sim:html",
        "sim:words=60 sim:end=2500", "sim:words=60 sim:cut=2500", "sim:words=60 sim:stall=2500", "sim:words=60 sim:error=2500", "sim:words=60",
    ];

    private readonly List<string> faults = [];

    public async Task<LeakResult> RunAsync()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        using var connections = new CountedConnections();
        await CallAsync(simulator, connections.Http, calls);
        var (timersBefore, bytesBefore) = await RestAsync();
        await CallAsync(simulator, connections.Http, calls);
        var (timersAfter, bytesAfter) = await RestAsync();
        var openConnections = connections.Open;
        connections.Dispose();
        await RestAsync();
        return new LeakResult
        {
            Calls = calls * 2,
            Faults = faults,
            OpenConnections = openConnections,
            ForgottenConnections = connections.Open,
            TimersBefore = timersBefore,
            TimersAfter = timersAfter,
            BytesKeptByCall = Math.Round((bytesAfter - bytesBefore) / (double)calls, 1),
        };
    }

    private async Task CallAsync(SimulatorHost simulator, HttpMessageInvoker http, int count)
    {
        (string Row, string Address)[] dialects =
        [
            ("openai-compatible", simulator.OpenAiBaseUrl), ("anthropic", simulator.AnthropicBaseUrl), ("google-gemini", simulator.GeminiBaseUrl), ("ollama-cloud", simulator.OllamaBaseUrl),
        ];
        var factory = new ChatClientFactory(TimeProvider.System, new ProviderTimeouts { Retries = 0, FirstByte = TimeSpan.FromMilliseconds(ShortTime), Silence = TimeSpan.FromMilliseconds(ShortTime) });
        var clients = dialects.Select(dialect => factory.Create(ProviderCatalogue.Default.Find(dialect.Row)!, new ProviderConnection { ApiKey = "sim-key", BaseUrl = dialect.Address }, http)).ToList();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellation) =>
        {
            var client = clients[number % clients.Count];
            var words = Words[number / clients.Count % Words.Length];
            try
            {
                await foreach (var _ in client.GetStreamingResponseAsync(words, new ChatOptions { ModelId = "sim-fast" }, cancellation))
                {
                }
            }
            catch (ProviderException)
            {
                // What was asked for.
            }
            catch (Exception exception)
            {
                lock (faults)
                    faults.Add($"{words}: {exception.GetType().Name} {exception.Message}");
            }
        });
        say($"{count} calls done");
    }

    private static async Task<(long Timers, long Bytes)> RestAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        for (var pass = 0; pass < 3; pass++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return (Timer.ActiveCount, GC.GetTotalMemory(forceFullCollection: true));
    }
}
