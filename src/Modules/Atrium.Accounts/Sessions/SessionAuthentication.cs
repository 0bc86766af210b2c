using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Atrium.Accounts.Sessions;

/// <summary>
/// Finds the caller of a request: a Bearer header, else the cookie, and then the session's row, on every request. A request with an
/// Authorization header is never judged by its cookie, because the origin check lets such requests pass.
/// </summary>
internal sealed partial class SessionAuthentication(AccessTokens tokens, SessionCookies cookies, Database database, TimeProvider clock, ILogger<SessionAuthentication> logger) : IAuthenticationHandler
{
    public const string Scheme = "session";

    private const string BearerPrefix = "Bearer ";

    /// <summary>How exact "last seen" is; finer would be a durable write per request.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(5);

    private HttpContext context = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        this.context = context;
        return Task.CompletedTask;
    }

    public async Task<AuthenticateResult> AuthenticateAsync()
    {
        // Endpoints open to strangers do not ask who calls, and some must answer while the database is away.
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return AuthenticateResult.NoResult();
        if (FindToken(context.Request, cookies) is not { } text || tokens.Read(text) is not { } token)
            return AuthenticateResult.NoResult();
        var session = await FindSessionAsync(token);
        if (session is null)
            return AuthenticateResult.NoResult();
        await MarkSeenAsync(session);
        var caller = new Caller(session.PersonId, session.Id, session.Username, session.Role);
        return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme), Scheme));
    }

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized("sign-in-required", "Sign in first.").ExecuteAsync(context);
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        if (Caller.From(context.User) is { } caller)
            LogRefused(context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", caller.PersonId, caller.Role);
        return Problems.Forbidden("not-allowed", "You may not do this.").ExecuteAsync(context);
    }

    /// <returns>The access token a request carries, unread; null when it carries none.</returns>
    public static string? FindToken(HttpRequest request, SessionCookies cookies)
    {
        if (request.Headers.Authorization.Count == 0)
            return cookies.FindAccess(request);
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..] : null;
    }

    private Task<LiveSession?> FindSessionAsync(AccessToken token) => database.QuerySingleOrDefaultAsync<LiveSession>(
        """
        SELECT s.id, s.person_id, s.last_seen_at, p.username, p.role
        FROM accounts_sessions s JOIN accounts_people p ON p.id = s.person_id
        WHERE s.id = @SessionId AND s.person_id = @PersonId AND s.revoked_at IS NULL AND s.expires_at > @now AND p.suspended_at IS NULL
        """,
        new { token.SessionId, token.PersonId, now = clock.GetUtcNow() },
        context.RequestAborted);

    private async Task MarkSeenAsync(LiveSession session)
    {
        var now = clock.GetUtcNow();
        if (now - session.LastSeenAt < SeenStep)
            return;
        try
        {
            await database.ExecuteAsync(
                "UPDATE accounts_sessions SET last_seen_at = @now WHERE id = @Id AND last_seen_at < @now",
                new { session.Id, now },
                context.RequestAborted);
        }
        catch (Exception exception) when (exception is StorageFullException or DatabaseUnavailableException)
        {
            // Reading goes on with a full disk or a held lock; when somebody was last seen is not worth refusing them.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refused {Method} {Route} to {PersonId}, who is {Role}")]
    private partial void LogRefused(string method, string route, Guid personId, string role);

    internal sealed record LiveSession
    {
        public required Guid Id { get; init; }

        public required Guid PersonId { get; init; }

        public required DateTimeOffset LastSeenAt { get; init; }

        public required string Username { get; init; }

        public required string Role { get; init; }
    }
}
