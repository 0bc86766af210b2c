using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Ledger;

/// <summary>For endpoints that show what the ledger holds.</summary>
internal static class ReadsLedger
{
    /// <summary>An answer does not wait for its ledger row; whoever looks after it does.</summary>
    public static RouteHandlerBuilder ReadingLedger(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(static async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        await context.RequestServices.GetRequiredService<LedgerBook>().WrittenAsync(context.RequestAborted);
        return await next(invocation);
    });
}
