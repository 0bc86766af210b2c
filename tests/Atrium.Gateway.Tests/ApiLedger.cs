using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>A ledger row as far as it says what a program did.</summary>
internal sealed record ApiLedgerRow
{
    public required string Module { get; init; }

    public required string Feature { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required string Status { get; init; }

    public required long Images { get; init; }

    public required bool Estimated { get; init; }

    public Guid? ApiKeyId { get; init; }
}

internal static class ApiLedger
{
    public static async Task<IReadOnlyList<ApiLedgerRow>> ApiLedgerAsync(this TestHouse house, TestPerson person)
    {
        await house.Services.GetRequiredService<LedgerBook>().WrittenAsync(default);
        return await house.Services.GetRequiredService<Databases>().Main.QueryAsync<ApiLedgerRow>(
            "SELECT module, feature, provider, model, status, images, estimated, api_key_id FROM gateway_ledger WHERE person_id = @Id ORDER BY id", new { person.Id }, default);
    }

    /// <summary>Waits for a person's first row, which follows the end of a call that nobody listens to.</summary>
    public static async Task<LedgerRow> FirstRowAsync(this TestHouse house, TestPerson person)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await house.LedgerAsync(person) is [var row, ..])
                return row;
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Waits for the request that carries a mark.</summary>
    public static async Task<RecordedRequest> ArrivalAsync(this Simulation simulation, string mark)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (simulation.Requests.FirstOrDefault(request => request.Body.Contains(mark, StringComparison.Ordinal)) is { } found)
                return found;
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
