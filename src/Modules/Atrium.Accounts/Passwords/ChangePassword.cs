using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.People;
using Atrium.Accounts.Sessions;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Passwords;

/// <summary>Changes my password and ends my other sessions.</summary>
internal static class ChangePassword
{
    public sealed record Request(
        [property: Required, StringLength(PasswordRule.Longest)] string CurrentPassword,
        [property: Required, StringLength(PasswordRule.Longest)] string NewPassword);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/me/password", Handle)
        .WithName(nameof(ChangePassword))
        .WithSummary("Change the password")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.SignIn)
        .WorksWhileReadOnly()
        .WithSecretAnswer()
        .AddEndpointFilter<RefuseWhenBusy>();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, Caller caller, HttpContext context, Database database, PasswordHasher hasher, TimeProvider clock, CancellationToken cancellation)
    {
        if (await PersonRow.FindAsync(database, caller.PersonId, cancellation) is not { } person)
            return Problems.NotFound();
        if (PasswordRule.Refusal(request.NewPassword, person.Username) is { } reason)
            return Problems.Invalid("newPassword", reason);
        if (await hasher.VerifyAsync(request.CurrentPassword, person.PasswordHash, cancellation) == PasswordVerdict.Wrong)
            return Problems.Invalid("currentPassword", "This is not your password.");
        var hash = await hasher.HashAsync(request.NewPassword, cancellation);
        var now = clock.GetUtcNow();
        return await database.WriteAsync(unit => Store(unit, person, hash, caller.SessionId, AuditEntry.Of(context, AuditActions.PasswordChanged, person.Id), now), cancellation)
            ? TypedResults.NoContent()
            : Problems.Conflict("password-changed", "The password was changed from another place just now.");
    }

    private static bool Store(WriteUnit unit, PersonRow person, string hash, Guid currentSession, AuditEntry entry, DateTimeOffset now)
    {
        var changed = unit.Execute(
            "UPDATE accounts_people SET password_hash = @hash WHERE id = @Id AND password_hash = @PasswordHash",
            new { person.Id, person.PasswordHash, hash });
        if (changed == 1)
        {
            SessionRow.EndAll(unit, person.Id, currentSession, now);
            AuditLog.Append(unit, entry, now);
        }
        return changed == 1;
    }
}
