using Atrium.Contracts.Gateway;
using Atrium.Gateway.Budgets;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>Another server's memory over the same database.</summary>
internal sealed class SecondServer(TestHouse house) : IDisposable
{
    private readonly BudgetKeeper budgets = ActivatorUtilities.CreateInstance<BudgetKeeper>(house.Services);
    private readonly IServiceScope scope = house.Services.CreateScope();

    public async Task<string?> TryAskAsync(ChatCall call)
    {
        try
        {
            await using var own = house.Services.CreateAsyncScope();
            await ActivatorUtilities.CreateInstance<Gateway.Chat.ChatGateway>(own.ServiceProvider, budgets).StreamAsync(call, default).ToListAsync(CancellationToken.None);
            return null;
        }
        catch (ChatFailedException exception)
        {
            return exception.Failure.Code;
        }
    }

    public async Task HoldAsync(ChatCall call)
    {
        var route = await scope.ServiceProvider.GetRequiredService<Gateway.Chat.ChatRouter>().FindAsync(call, default);
        var price = scope.ServiceProvider.GetRequiredService<Gateway.Prices.PriceTable>().Find(route.ProviderId, route.Model, DateTimeOffset.UnixEpoch.AddYears(100));
        (await budgets.HoldAsync(BudgetedCall.Of(call, route, null), CallEstimate.Of(call, route, 8_192, price), default)).Refusal.ShouldBeNull();
    }

    public void Dispose() => scope.Dispose();
}
