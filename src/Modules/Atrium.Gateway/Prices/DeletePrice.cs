using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Prices;

/// <summary>Takes a price away that an admin has set. What it beat counts again.</summary>
internal static class DeletePrice
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete(PriceView.AdminRoute + "/{id:guid}", Handle).WithName("DeletePrice").WithSummary("Take a price away that an admin has set").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, HttpContext context, StoredPrices prices, TimeProvider clock, CancellationToken cancellation) =>
        await prices.DeleteAsync(id, AuditEntry.Of(context, AuditActions.PriceRemoved, id), clock.GetUtcNow(), cancellation) ? TypedResults.NoContent() : Problems.NotFound();
}
