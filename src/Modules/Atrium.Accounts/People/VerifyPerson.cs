using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.People;

/// <summary>Tells a signed-in person their own name. Takes no name, so it cannot tell strangers who lives here.</summary>
internal static class VerifyPerson
{
    public sealed record Response(string Username);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/verify", Handle)
        .WithName(nameof(VerifyPerson))
        .WithSummary("The name of the signed-in person")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default)
        .WorksWhileReadOnly();

    private static Ok<Response> Handle(Caller caller) => TypedResults.Ok(new Response(caller.Username));
}
