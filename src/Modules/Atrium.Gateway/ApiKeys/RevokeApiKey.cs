using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.ApiKeys;

/// <summary>Ends an API key at once and for good. It stays in the list, because the ledger names it.</summary>
internal static class RevokeApiKey
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete(ApiKeyView.Route + "/{id:guid}", Handle).WithName("RevokeApiKey").WithSummary("Revoke a key of your programs").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, TimeProvider clock, CancellationToken cancellation) =>
        await database.ExecuteAsync(
            "UPDATE gateway_api_keys SET revoked_at = @now WHERE id = @id AND person_id = @PersonId AND revoked_at IS NULL",
            new { now = clock.GetUtcNow(), id, caller.PersonId },
            cancellation) == 1
            ? TypedResults.NoContent()
            : Problems.NotFound();
}
