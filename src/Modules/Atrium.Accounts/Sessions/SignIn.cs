using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.People;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
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
        .WithSecretAnswer()
        .AddEndpointFilter<SecureOriginOnly>()
        .AddEndpointFilter<RefuseWhenBusy>();

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> Handle(
        Request request, HttpContext context, Database database, PasswordHasher hasher, SessionIssuer issuer, CancellationToken cancellation)
    {
        var person = await PersonRow.FindByNameAsync(database, request.Username, cancellation);
        var verdict = await hasher.VerifyAsync(request.Password, person?.PasswordHash, cancellation);
        if (person is null || verdict == PasswordVerdict.Wrong)
            return Refused();
        var hash = verdict == PasswordVerdict.RightButOutdated ? await hasher.HashAsync(request.Password, cancellation) : person.PasswordHash;
        var session = issuer.New(person.Id, context);
        return await database.WriteAsync(unit => Store(unit, session, person, hash), cancellation)
            ? TypedResults.Ok(issuer.Grant(context, session, person))
            : Refused();
    }

    /// <returns>False when the password was changed while it was being checked.</returns>
    private static bool Store(WriteUnit unit, SessionRow session, PersonRow person, string hash)
    {
        var changed = unit.Execute(
            "UPDATE accounts_people SET password_hash = @hash WHERE id = @Id AND password_hash = @PasswordHash",
            new { person.Id, person.PasswordHash, hash });
        if (changed == 1)
            session.Insert(unit);
        return changed == 1;
    }

    private static ProblemHttpResult Refused() => Problems.Unauthorized("sign-in-failed", "Name and password do not fit together.");
}
