using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Keys;

/// <summary>Destroys a key for good.</summary>
internal static class DeleteKey
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/provider-keys/{id:guid}", Handle).WithName("DeleteProviderKey").WithSummary("Destroy a key").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, KeyRing keys, CancellationToken cancellation) =>
        await keys.DeleteAsync(caller.PersonId, id, cancellation) ? TypedResults.NoContent() : Problems.NotFound();
}
