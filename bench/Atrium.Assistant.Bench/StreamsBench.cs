using Atrium.Testing;

namespace Atrium.Assistant.Bench;

/// <summary>Many streams at once: how late each token reaches its reader.</summary>
internal static class StreamsBench
{
    public static async Task<object> RunAsync(int streams, int tokens, double speed)
    {
        await using var provider = await StampingProvider.StartAsync(TestHouse.FreePort(), tokens, speed);
        await using var server = await Server.StartAsync(provider.Address);
        using var client = await StreamLoad.SignInAsync(server.Address, server.SetupToken, provider.Address);
        // Once alone, so that compiling is not measured.
        await new StreamLoad(client, [], []).RunAsync();
        var (alone, aloneFirst) = (new List<double>(), new List<double>());
        await new StreamLoad(client, alone, aloneFirst).RunAsync();
        var (delays, firsts) = (new List<double>(), new List<double>());
        await Task.WhenAll(Enumerable.Range(0, streams).Select(async index =>
        {
            await Task.Delay(index * 10);
            await new StreamLoad(client, delays, firsts).RunAsync();
        }));
        var result = new
        {
            streams,
            tokens,
            speed,
            tokenDelay = Percentiles.Of(delays),
            firstTokenOverhead = Percentiles.Of(firsts),
            aloneTokenDelay = Percentiles.Of(alone),
            aloneFirstTokenOverhead = Percentiles.Of(aloneFirst),
        };
        Console.WriteLine($"""
            {streams} streams of {speed} tokens/s, {tokens} tokens each; milliseconds
                                   p50      p95      p99      max
            token delay       {result.tokenDelay}
            first token       {result.firstTokenOverhead}
            one stream alone  {result.aloneTokenDelay}
            """);
        return result;
    }
}
