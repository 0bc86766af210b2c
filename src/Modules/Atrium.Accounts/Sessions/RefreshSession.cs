using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.People;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Sessions;

/// <summary>
/// Trades a refresh token for the next one. For 30 s a repeat gets the same successor, so two tabs are no theft; a spent token after
/// that ends the session, because somebody else may hold the newer one.
/// </summary>
internal static class RefreshSession
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <param name="RefreshToken">Programs send it here; browsers send it as a cookie.</param>
    public sealed record Request([property: StringLength(RefreshTokens.LongestInput)] string? RefreshToken = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(SessionCookies.RefreshPath, Handle)
        .WithName(nameof(RefreshSession))
        .WithSummary("Renew a sign-in")
        .WithTags(AccountsModule.Name)
        .AllowAnonymous()
        .WithLimit(LimitClass.Default)
        .WorksWhileReadOnly()
        .WithSecretAnswer()
        .AddEndpointFilter<SecureOriginOnly>();

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> Handle(
        Request? request, HttpContext context, Database database, RefreshTokens tokens, SessionCookies cookies, SessionIssuer issuer, TimeProvider clock, CancellationToken cancellation)
    {
        var token = request?.RefreshToken ?? cookies.FindRefresh(context.Request);
        if (token is null || RefreshTokens.Parse(token) is not var (id, generation))
            return Refused();
        var now = clock.GetUtcNow();
        var session = await database.WriteAsync(unit => Renew(unit, id, token, generation, tokens, issuer, now), cancellation);
        return session is not null && await PersonRow.FindAsync(database, session.PersonId, cancellation) is { } person
            ? TypedResults.Ok(issuer.Grant(context, session, person))
            : Refused();
    }

    private static SessionRow? Renew(WriteUnit unit, Guid id, string token, int generation, RefreshTokens tokens, SessionIssuer issuer, DateTimeOffset now)
    {
        var session = unit.QuerySingleOrDefault<SessionRow>(
            $"{SessionRow.Select} WHERE id = @id AND revoked_at IS NULL AND expires_at > @now {unit.Dialect.ForUpdate}",
            new { id, now });
        if (session is null || !tokens.IsGenuine(token, session, generation) || generation > session.RefreshGeneration)
            return null;
        if (generation == session.RefreshGeneration)
        {
            var renewed = session with { RefreshGeneration = generation + 1, RefreshedAt = now, LastSeenAt = now, ExpiresAt = issuer.ExpiryOf(session.CreatedAt, now) };
            unit.Execute(
                "UPDATE accounts_sessions SET refresh_generation = @RefreshGeneration, refreshed_at = @RefreshedAt, last_seen_at = @LastSeenAt, expires_at = @ExpiresAt WHERE id = @Id",
                renewed);
            return renewed;
        }
        if (generation == session.RefreshGeneration - 1 && now - session.RefreshedAt <= Grace)
            return session;
        unit.Execute("UPDATE accounts_sessions SET revoked_at = @now WHERE id = @id", new { id, now });
        return null;
    }

    private static ProblemHttpResult Refused() => Problems.Unauthorized("sign-in-required", "This sign-in has ended. Sign in again.");
}
