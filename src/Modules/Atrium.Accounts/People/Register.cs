using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.Sessions;
using Atrium.Accounts.Setup;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.People;

/// <summary>Makes a person and signs them in. The first one needs the set-up token and becomes admin.</summary>
internal static class Register
{
    public sealed record Request(
        [property: Required, StringLength(Username.LongestInput)] string Username,
        [property: Required, StringLength(PasswordRule.Longest)] string Password,
        [property: StringLength(EmailAddress.Longest)] string? Email = null,
        [property: StringLength(128)] string? SetupToken = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/register", Handle)
        .WithName(nameof(Register))
        .WithSummary("Make an account")
        .WithTags(AccountsModule.Name)
        .AllowAnonymous()
        .WithLimit(LimitClass.Register)
        .WithSecretAnswer()
        .AddEndpointFilter<SecureOriginOnly>()
        .AddEndpointFilter<RefuseWhenBusy>();

    private static async Task<Results<Created<SessionResponse>, ProblemHttpResult>> Handle(
        Request request, HttpContext context, Registration registration, Database database, PasswordHasher hasher, SessionIssuer issuer, TimeProvider clock, CancellationToken cancellation)
    {
        if (Check(request, out var username) is { } invalid)
            return invalid;
        var entry = await registration.DecideAsync(request.SetupToken, cancellation);
        if (entry.Refusal is { } refusal)
            return refusal;
        if (await PersonRow.FindByNameAsync(database, username, cancellation) is not null)
            return Taken();
        var person = New(username, request.Email, await hasher.HashAsync(request.Password, cancellation), entry.MakesFirstAdmin, clock.GetUtcNow());
        var session = issuer.New(person.Id, context);
        try
        {
            if (!await database.WriteAsync(unit => Store(unit, person, session, entry.MakesFirstAdmin), cancellation))
                return Registration.TokenSpent();
        }
        catch (UniqueViolationException)
        {
            return Taken();
        }
        if (entry.MakesFirstAdmin)
            registration.Finish();
        return TypedResults.Created("/api/me", issuer.Grant(context, session, person));
    }

    private static ProblemHttpResult? Check(Request request, out string username)
    {
        if (!People.Username.TryNormalize(request.Username, out username!))
            return Problems.Invalid("username", People.Username.Rule);
        if (People.Username.IsReserved(People.Username.Fold(username)))
            return Problems.Invalid("username", "This name is reserved.");
        if (request.Email is { } email && !EmailAddress.IsPlausible(email))
            return Problems.Invalid("email", "This is not an e-mail address.");
        return PasswordRule.Refusal(request.Password, username) is { } reason ? Problems.Invalid("password", reason) : null;
    }

    private static PersonRow New(string username, string? email, string passwordHash, bool isFirstAdmin, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Username = username,
        UsernameKey = People.Username.Fold(username),
        Email = email,
        EmailKey = email is null ? null : EmailAddress.Fold(email),
        Role = isFirstAdmin ? Roles.Admin : Roles.User,
        PasswordHash = passwordHash,
        Preferences = new Preferences().ToJson(),
        CreatedAt = now,
    };

    /// <returns>False when another request has just made the first admin.</returns>
    private static bool Store(WriteUnit unit, PersonRow person, SessionRow session, bool makesFirstAdmin)
    {
        if (makesFirstAdmin && !FirstAdmin.TryClaim(unit, person.Id, person.CreatedAt))
            return false;
        person.Insert(unit);
        session.Insert(unit);
        return true;
    }

    private static ProblemHttpResult Taken() => Problems.Conflict("username-taken", "This name is taken.");
}
