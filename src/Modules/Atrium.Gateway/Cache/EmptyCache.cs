using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Cache;

/// <summary>Forgets the answers that are kept for the caller.</summary>
internal static class EmptyCache
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete(CacheView.Route, Handle).WithName("EmptyCache").WithSummary("Forget the answers that are kept for your programs").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static NoContent Handle(Caller caller, AnswerCache cache)
    {
        cache.Empty(caller.PersonId);
        return TypedResults.NoContent();
    }
}
