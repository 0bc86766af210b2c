using Atrium.Gateway.Keys;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Choices;

/// <summary>Shows who answers the caller.</summary>
internal static class ShowChoice
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ChoiceView.Route, Handle).WithName("ShowProviderChoice").WithSummary("Which AI provider answers you").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<ChoiceView.Response>> Handle(Caller caller, Database database, KeyRing keys, CancellationToken cancellation)
    {
        var choice = await Choice.FindAsync(database, caller.PersonId, cancellation);
        var key = choice?.KeyId is { } id ? await keys.FindAsync(caller.PersonId, id, cancellation) : null;
        return TypedResults.Ok(ChoiceView.Of(choice, key));
    }
}
