using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Sessions;

/// <summary>Ends the session of the request's token, and forgets the cookies in any case.</summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/logout", Handle)
        .WithName(nameof(SignOut))
        .WithSummary("Sign out")
        .WithTags(AccountsModule.Name)
        .AllowAnonymous()
        .WithLimit(LimitClass.Default)
        .WorksWhileReadOnly();

    private static async Task<NoContent> Handle(
        HttpContext context, Database database, AccessTokens tokens, SessionCookies cookies, TimeProvider clock, CancellationToken cancellation)
    {
        if (SessionAuthentication.FindToken(context.Request, cookies) is { } text && tokens.ReadEvenExpired(text) is { } token)
        {
            var entry = AuditEntry.Of(context, AuditActions.SignedOut, token.SessionId) with { ActorId = token.PersonId };
            await database.WriteAsync(unit => SessionRow.Revoke(unit, token.SessionId, token.PersonId, entry, clock.GetUtcNow()), cancellation);
        }
        cookies.Clear(context.Response);
        return TypedResults.NoContent();
    }
}
