using System.Text.Json;
using Atrium.Testing;
using Atrium.Testing.Fuzz;

namespace Atrium.Host.Tests;

/// <summary>Every operation of the API's own document, with bodies, paths and queries that no honest client sends.</summary>
public sealed class HostileRequestTests(HousePair houses) : IClassFixture<HousePair>
{
    private const int Seed = 20261120;

    [Theory, BothEngines]
    [Asvs("2.2.1", "2.2.2", "15.3.5", "15.3.7", "16.5.3")]
    [Keeps("B-013")]
    public async Task Answers_what_is_wrong_and_never_fails(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        await house.AdminAsync();
        using var document = JsonDocument.Parse(await house.Client.GetStringAsync("/openapi/v1.json"));
        // PostgreSQL hears the random half only: what refuses the fixed half comes before any database.
        var requests = HostileRequests.Of(ApiOperation.ReadAll(document.RootElement), engine == DatabaseEngine.Sqlite ? 160 : 40, Seed).ToList();
        if (engine == DatabaseEngine.Sqlite)
            requests.Count.ShouldBeGreaterThan(5_000);
        var wrong = new List<string>();

        foreach (var operation in requests.GroupBy(request => request.Operation))
        {
            await HostilePeople.TidyAsync(house);
            using var client = (await HostilePeople.ForAsync(house, operation.Key)).Client;
            foreach (var request in operation.Where(request => engine == DatabaseEngine.Sqlite || request.Expectation == Expectation.NoFailure))
            {
                if ((await HostileAnswer.JudgeAsync(client, request, document.RootElement)).Fault is { } fault)
                    wrong.Add($"{fault}: {request}");
            }
        }

        wrong.Count.ShouldBe(0, string.Join("\n", wrong.Take(40)));
    }
}
