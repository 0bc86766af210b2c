using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>One person with a key of every provider that a simulator speaks for, and what a program did with each of them.</summary>
internal sealed class ProgramTable(TestHouse house, SimulatorHost simulator)
{
    // Chosen, because it needs no key and is found only by its owner's choice.
    private const string Chosen = "ollama";

    /// <summary>What these dialects have no words for is refused with 400.</summary>
    private static readonly Func<SimulatedDialect, string, bool> IsRefused = (dialect, operation) =>
        (operation.EndsWith("ools", StringComparison.Ordinal) && !dialect.CallsTools)
        || (operation == "embeddings" && dialect.Vectors is null)
        || (operation == "imagesOut" && dialect.Pictures is null);

    public async Task<string> MakeKeyAsync()
    {
        var person = await house.PersonAsync();
        foreach (var dialect in SimulatedDialects.All.OrderBy(dialect => dialect.Provider == Chosen))
            await person.ChooseAsync(SimulatedDialects.ChoiceOf(dialect.Provider, simulator));
        return (await person.MakeApiKeyAsync()).Secret;
    }

    /// <summary>Runs a script of Node once for all providers.</summary>
    /// <param name="hangUps">With which the questions begin that it hangs up on.</param>
    public async Task ShouldWorkAsync(string script, string path, params string[] hangUps)
    {
        var targets = new JsonArray([.. SimulatedDialects.All.Select(Target)]);
        var output = await RunAsync("node", script, AddressOf(path), await MakeKeyAsync(), targets.ToJsonString());
        await ShouldBeRightAsync(JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(output)!, hangUps);
    }

    /// <summary>Runs a shell script once for each provider, all at the same time.</summary>
    public async Task ShouldWorkInShellAsync(string script, params string[] hangUps)
    {
        var secret = await MakeKeyAsync();
        var outputs = await Task.WhenAll(SimulatedDialects.All.Select(async dialect =>
        {
            var target = Target(dialect);
            string[] words = ["provider", "model", "vision", "vectors", "pictures", "missing"];
            var output = await RunAsync("bash", [script, AddressOf(""), secret, .. words.Select(word => (string?)target[word] ?? "")]);
            return KeyValuePair.Create(dialect.Provider, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal));
        }));
        await ShouldBeRightAsync(outputs.ToDictionary(StringComparer.Ordinal), hangUps);
    }

    private string AddressOf(string path) => house.Address.GetLeftPart(UriPartial.Authority) + path;

    private async Task ShouldBeRightAsync(Dictionary<string, Dictionary<string, string>> table, string[] hangUps)
    {
        table.Count.ShouldBe(SimulatedDialects.All.Count);
        var wrong = SimulatedDialects.All.SelectMany(dialect => table[dialect.Provider]
            .Where(cell => IsRefused(dialect, cell.Key) ? !cell.Value.Contains(" 400 ", StringComparison.Ordinal) : cell.Value != "ok")
            .Select(cell => $"{dialect.Provider}, {cell.Key}: {cell.Value}"));
        string.Join('\n', wrong).ShouldBe("");
        foreach (var dialect in SimulatedDialects.All)
        {
            foreach (var hangUp in hangUps)
                await ShouldHaveClosedAsync($"{hangUp}-hangs-up-on-{dialect.Provider} ");
        }
    }

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors + await output);
        return await output;
    }

    /// <summary>The provider's socket is closed; of a prediction, which has no socket while it runs, that it was cancelled.</summary>
    public async Task ShouldHaveClosedAsync(string mark)
    {
        var asked = simulator.Simulation.Requests.Single(request => request.Body.Contains(mark, StringComparison.Ordinal));
        if (!mark.Contains("replicate", StringComparison.Ordinal))
            (await asked.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(RequestEnd.ClosedByClient, mark);
    }

    private static JsonNode Target(SimulatedDialect dialect) => new JsonObject
    {
        ["provider"] = dialect.Provider,
        ["model"] = $"{dialect.Provider}/{dialect.Model}",
        ["vision"] = $"{dialect.Provider}/{(dialect.Provider == "openai" ? "sim-vision" : dialect.Model)}",
        ["vectors"] = dialect.Vectors is null ? null : $"{dialect.Provider}/{dialect.Vectors}",
        ["pictures"] = dialect.Pictures is null ? null : $"{dialect.Provider}/{dialect.Pictures}",
        // Where all models have slashes, a name with a single one is whole already.
        ["missing"] = dialect.Provider == "ibm-watsonx" ? "missing/model" : "missing-model",
    };
}
