using Atrium.Faults;

namespace Atrium.Assistant.Tests;

/// <summary>A sample of the rounds that bench/Atrium.Faults runs by the hundred.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task Killing_the_server_three_times_loses_nothing_that_was_acknowledged()
    {
        using var kills = new KillRounds(rounds: 3, seed: 11, line => TestContext.Current.TestOutputHelper?.WriteLine(line));

        var result = await kills.RunAsync();

        result.Losses.ShouldBeEmpty();
        result.Damages.ShouldBeEmpty();
        result.AcknowledgedWrites.ShouldBeGreaterThan(0);
    }
}
