using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.People;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Sessions;

/// <summary>Signs a person in by name and password. Whether the name exists cannot be told from the answer or the work done.</summary>
internal static class SignIn
{
    /// <param name="Code">For a second factor; nobody has one yet, so it is not looked at.</param>
    public sealed record Request(
        [property: Required, StringLength(Username.LongestInput)] string Username,
        [property: Required, StringLength(PasswordRule.Longest)] string Password,
        [property: StringLength(32)] string? Code = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/login", Handle)
        .WithName(nameof(SignIn))
        .WithSummary("Sign in")
        .WithTags(AccountsModule.Name)
        .AllowAnonymous()
        .WithLimit(LimitClass.SignIn)
        .WorksWhileReadOnly()
        .WithSecretAnswer()
        .AddEndpointFilter<SecureOriginOnly>()
        .AddEndpointFilter<RefuseWhenBusy>();

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> Handle(
        Request request, HttpContext context, Database database, PasswordHasher hasher, SessionIssuer issuer, SignInGuard guard, AuditLog audit, TimeProvider clock, CancellationToken cancellation)
    {
        var person = await PersonRow.FindByNameAsync(database, request.Username, cancellation);
        var guess = await guard.TakeAsync(request.Username, person, AuditEntry.AddressOf(context), cancellation);
        if (!guess.IsAllowed)
            return Slowed(context, guess.Wait);
        var verdict = await hasher.VerifyAsync(request.Password, person?.PasswordHash, cancellation);
        if (person is null || verdict == PasswordVerdict.Wrong)
        {
            // Not the typed name: people type passwords there.
            await audit.AppendAsync(AuditEntry.Of(context, AuditActions.SignInFailed, person?.Id), clock.GetUtcNow(), cancellation);
            return Refused();
        }
        guard.GiveBack(guess);
        if (person.SuspendedAt is not null)
            return Problems.Forbidden("suspended", "This account is suspended. An admin of this house can say why.");
        var hash = verdict == PasswordVerdict.RightButOutdated ? await hasher.HashAsync(request.Password, cancellation) : person.PasswordHash;
        var session = issuer.New(person.Id, context);
        var entry = AuditEntry.Of(context, AuditActions.SignedIn, session.Id) with { ActorId = person.Id, ActorName = person.Username };
        return await database.WriteAsync(unit => Store(unit, issuer, session, person, hash, entry), cancellation)
            ? TypedResults.Ok(issuer.Grant(context, session, person))
            : Refused();
    }

    /// <returns>False when the password was changed, or the person suspended, while it was being checked.</returns>
    private static bool Store(WriteUnit unit, SessionIssuer issuer, SessionRow session, PersonRow person, string hash, AuditEntry entry)
    {
        var changed = unit.Execute(
            "UPDATE accounts_people SET password_hash = @hash WHERE id = @Id AND password_hash = @PasswordHash AND suspended_at IS NULL",
            new { person.Id, person.PasswordHash, hash });
        if (changed == 1)
        {
            issuer.Store(unit, session);
            AuditLog.Append(unit, entry, session.CreatedAt);
        }
        return changed == 1;
    }

    private static ProblemHttpResult Slowed(HttpContext context, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "sign-in-slowed", $"Too many passwords were tried for this name. Try again in {seconds} s, or from where you have signed in before.");
    }

    private static ProblemHttpResult Refused() => Problems.Unauthorized("sign-in-failed", "Name and password do not fit together.");
}
