using System.Text.Json;
using Atrium.Testing;
using Atrium.Testing.Fuzz;

namespace Atrium.Rights.Bench;

/// <summary>Hostile requests to every operation of the API's own document: no failure of the server, no answer that its document does not know.</summary>
internal static class FuzzBench
{
    private const int Shown = 20;

    public static async Task<object> RunAsync(int requests, int seed)
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        await house.AdminAsync();
        using var document = JsonDocument.Parse(await house.Client.GetStringAsync("/openapi/v1.json"));
        var operations = ApiOperation.ReadAll(document.RootElement);
        var random = 0;
        List<HostileRequest> hostile;
        do
            hostile = [.. HostileRequests.Of(operations, random += 100, seed)];
        while (hostile.Count < requests);
        var statuses = new SortedDictionary<int, int>();
        var faults = new List<string>();
        foreach (var group in hostile.GroupBy(request => request.Operation))
        {
            await HostilePeople.TidyAsync(house);
            using var client = (await HostilePeople.ForAsync(house, group.Key)).Client;
            foreach (var request in group)
            {
                var (status, fault) = await HostileAnswer.JudgeAsync(client, request, document.RootElement);
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (fault is not null)
                    faults.Add($"{fault}: {request}");
            }
        }
        Console.WriteLine($"{hostile.Count} requests to {operations.Count} operations, seed {seed}: {faults.Count} faults\n{string.Join("  ", statuses.Select(pair => $"{pair.Key}: {pair.Value}"))}");
        foreach (var fault in faults.Take(Shown))
            Console.WriteLine(fault);
        return new { seed, requests = hostile.Count, operations = operations.Count, faults = faults.Count, statuses };
    }
}
