using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.Sessions;
using Atrium.Accounts.Setup;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
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
        [property: StringLength(128)] string? SetupToken = null,
        [property: StringLength(Invitations.Invitation.LongestInput)] string? Invitation = null);

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
        var entry = await registration.DecideAsync(request.SetupToken, request.Invitation, cancellation);
        if (entry.Refusal is { } refusal)
            return refusal;
        if (await PersonRow.FindByNameAsync(database, username, cancellation) is not null)
            return Taken();
        var person = New(username, request.Email, await hasher.HashAsync(request.Password, cancellation), entry, clock.GetUtcNow());
        var session = issuer.New(person.Id, context);
        var audit = AuditEntry.Of(context, AuditActions.Registered, person.Id) with { ActorId = person.Id, ActorName = username };
        try
        {
            if (await database.WriteAsync(unit => Store(unit, person, session, request.Invitation, audit), cancellation) is { } spent)
                return spent;
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
            return Problems.Invalid("username", People.Username.Refusal(request.Username)!);
        if (People.Username.IsReserved(People.Username.Fold(username)))
            return Problems.Invalid("username", "This name is reserved.");
        if (request.Email is { } email && !EmailAddress.IsPlausible(email))
            return Problems.Invalid("email", "This is not an e-mail address.");
        return PasswordRule.Refusal(request.Password, username) is { } reason ? Problems.Invalid("password", reason) : null;
    }

    private static PersonRow New(string username, string? email, string passwordHash, Registration.Decision entry, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Username = username,
        UsernameKey = People.Username.Fold(username),
        Skeleton = People.Skeleton.Of(People.Username.Fold(username)),
        Email = email,
        EmailKey = email is null ? null : EmailAddress.Fold(email),
        Role = entry.Role!,
        PasswordHash = passwordHash,
        Preferences = entry.Preferences,
        CreatedAt = now,
    };

    /// <returns>Null when it is stored; else why not: another request has just used the set-up token or the invitation.</returns>
    private static ProblemHttpResult? Store(WriteUnit unit, PersonRow person, SessionRow session, string? invitation, AuditEntry audit)
    {
        if (person.Role == Roles.Admin && !FirstAdmin.TryClaim(unit, person.Id, person.CreatedAt))
            return Registration.TokenSpent();
        if (invitation is not null && !Invitations.Invitation.TryUse(unit, invitation, person.Id, person.CreatedAt))
            return Registration.InvitationSpent();
        person.Insert(unit);
        session.Insert(unit);
        Groups.Group.Welcome(unit, person.Id, person.CreatedAt);
        AuditLog.Append(unit, audit with { Details = new Dictionary<string, string> { ["role"] = person.Role, ["by"] = invitation is null ? "oneself" : "invitation" } }, person.CreatedAt);
        return null;
    }

    private static ProblemHttpResult Taken() => Problems.Conflict("username-taken", "This name, or one that looks like it, is taken.");
}
