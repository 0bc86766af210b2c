using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

internal sealed record LedgerRow
{
    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required long InputTokens { get; init; }

    public required long CachedTokens { get; init; }

    public required long OutputTokens { get; init; }

    public required long ReasoningTokens { get; init; }

    public required bool Estimated { get; init; }

    public Money? CostMoney { get; init; }

    public decimal? Cost => CostMoney?.Dollars;

    public required string Status { get; init; }
}

internal static class LedgerReading
{
    public static async Task<IReadOnlyList<LedgerRow>> LedgerAsync(this TestHouse house, TestPerson person)
    {
        await house.Services.GetRequiredService<Ledger.LedgerBook>().WrittenAsync(default);
        return await house.Services.GetRequiredService<Databases>().Main.QueryAsync<LedgerRow>(
            """
            SELECT provider, model, input_tokens, cached_tokens, output_tokens, reasoning_tokens, estimated, cost AS cost_money, status
            FROM gateway_ledger WHERE person_id = @Id ORDER BY id
            """,
            new { person.Id },
            default);
    }
}
