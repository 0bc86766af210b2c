using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.People;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Profiles;

/// <summary>Changes or removes my address. It asks for the password: whoever finds an open browser must not redirect what is sent to its owner.</summary>
internal static class ChangeEmail
{
    public sealed record Request(
        [property: StringLength(EmailAddress.Longest)] string? Email,
        [property: Required, StringLength(PasswordRule.Longest)] string Password);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/me/email", Handle)
        .WithName(nameof(ChangeEmail))
        .WithSummary("Change the e-mail address")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.SignIn)
        .WithSecretAnswer()
        .AddEndpointFilter<RefuseWhenBusy>();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, Caller caller, HttpContext context, Database database, PasswordHasher hasher, TimeProvider clock, CancellationToken cancellation)
    {
        if (request.Email is { } email && !EmailAddress.IsPlausible(email))
            return Problems.Invalid("email", "This is not an e-mail address.");
        if (await PersonRow.FindAsync(database, caller.PersonId, cancellation) is not { } person)
            return Problems.NotFound();
        if (await hasher.VerifyAsync(request.Password, person.PasswordHash, cancellation) == PasswordVerdict.Wrong)
            return Problems.Invalid("password", "This is not your password.");
        var entry = AuditEntry.Of(context, AuditActions.EmailChanged, person.Id);
        await database.WriteAsync(
            unit =>
            {
                unit.Execute(
                    "UPDATE accounts_people SET email = @Email, email_key = @Key WHERE id = @Id",
                    new { request.Email, Key = request.Email is null ? null : EmailAddress.Fold(request.Email), person.Id });
                AuditLog.Append(unit, entry, clock.GetUtcNow());
            },
            cancellation);
        return TypedResults.NoContent();
    }
}
