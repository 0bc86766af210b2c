using Atrium.Testing;

namespace Atrium.Assistant.Bench;

/// <summary>Many streams at once: how late each token reaches its reader.</summary>
internal static class StreamsBench
{
    /// <param name="speed">Tokens a second of each stream.</param>
    /// <param name="every">Time between two people who begin.</param>
    public static async Task<object> RunAsync(int streams, int tokens, double speed, TimeSpan every)
    {
        await using var provider = await StampingProvider.StartAsync(TestHouse.FreePort(), tokens, speed);
        await using var server = await Server.StartAsync(provider.Address);
        using var client = await StreamLoad.SignInAsync(server.Address, server.SetupToken, provider.Address);
        // Compiling is not measured: as many streams as later, once.
        await RunAllAsync([], []);
        var (alone, aloneFirst) = (new List<double>(), new List<double>());
        await new StreamLoad(client, alone, aloneFirst).RunAsync();
        var (delays, firsts) = (new List<double>(), new List<double>());
        await RunAllAsync(delays, firsts);
        var result = new
        {
            streams,
            tokens,
            speed,
            everyMilliseconds = every.TotalMilliseconds,
            tokenDelay = Percentiles.Of(delays),
            firstTokenOverhead = Percentiles.Of(firsts),
            aloneTokenDelay = Percentiles.Of(alone),
            aloneFirstTokenOverhead = Percentiles.Of(aloneFirst),
        };
        Console.WriteLine($"""
            {streams} streams of {speed} tokens/s, {tokens} tokens each, one more every {every.TotalMilliseconds} ms; milliseconds
                                   p50      p95      p99      max
            token delay       {result.tokenDelay}
            first token       {result.firstTokenOverhead}
            one stream alone  {result.aloneTokenDelay}
            """);
        return result;

        Task RunAllAsync(List<double> tokenDelays, List<double> firstOverheads) => Task.WhenAll(Enumerable.Range(0, streams).Select(async index =>
        {
            await Task.Delay(index * every);
            await new StreamLoad(client, tokenDelays, firstOverheads).RunAsync();
        }));
    }
}
