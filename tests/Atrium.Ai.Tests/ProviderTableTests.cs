using System.Reflection;
using System.Text;
using Atrium.Simulators;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.Tests;

/// <summary>What each provider can do, proven row by row; the page for people is written from the proof.</summary>
[Keeps("Z-043", "Z-044")]
public sealed class ProviderTableTests : SimulatorTest
{
    /// <summary>Set to write the page instead of comparing it: ATRIUM_WRITE_PROVIDERS=1 ./atrium test Atrium.Ai</summary>
    private const string WriteVariable = "ATRIUM_WRITE_PROVIDERS";

    private static readonly string Page = typeof(ProviderTableTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "ProvidersPage").Value!;

    [Fact]
    public async Task The_checked_in_page_is_what_every_provider_proves()
    {
        var table = new StringBuilder();
        table.Append($"| provider | dialect | {string.Join(" | ", ProviderFeatures.All.Select(feature => feature.Title))} |\n");
        table.Append($"|---|---|{string.Concat(ProviderFeatures.All.Select(_ => ":-:|"))}\n");
        foreach (var row in ProviderCatalogue.Default.Providers)
            table.Append($"| {row.Name} | `{row.Dialect}` | {string.Join(" | ", await ProveAsync(row))} |\n");

        var page = ProviderPage.Write(table.ToString());
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            await File.WriteAllTextAsync(Page, page, Connections.Cancellation);

        (await File.ReadAllTextAsync(Page, Connections.Cancellation)).ReplaceLineEndings("\n").ShouldBe(page, $"What providers can do changed. If that is meant, run with {WriteVariable}=1.");
    }

    private async Task<IReadOnlyList<string>> ProveAsync(Provider row)
    {
        if (!row.IsUsable)
            return [.. ProviderFeatures.All.Select(_ => "closed")];
        var marks = new List<string>();
        foreach (var feature in ProviderFeatures.All)
        {
            if (!feature.IsPromised(row))
            {
                marks.Add("–");
                continue;
            }
            Simulator.Simulation.Clear();
            Simulator.Simulation.Default = new Reply();
            try
            {
                marks.Add(await feature.Prove(Simulator, row));
            }
            catch (Exception cause)
            {
                throw new InvalidOperationException($"{row.Id}: {feature.Title}", cause);
            }
        }
        return marks;
    }
}
