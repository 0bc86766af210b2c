using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.Sessions;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.People;

/// <summary>Gives a person another role, shuts them out or lets them in again. Losing rights ends their sessions and what those have open.</summary>
internal static class ChangePerson
{
    public sealed record Request
    {
        [AllowedValues(null, Roles.Guest, Roles.User, Roles.Developer, Roles.Admin)]
        public string? Role { get; init; }

        public bool? Suspended { get; init; }
    }

    private enum Outcome
    {
        Changed,
        NotThere,
        LastAdmin,
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/api/admin/people/{id}", Handle)
        .WithName(nameof(ChangePerson))
        .WithSummary("Change a person's role, or suspend them")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<PersonItem>, ProblemHttpResult>> Handle(
        Guid id, Request request, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var entry = AuditEntry.Of(context, AuditActions.RoleChanged, id);
        return await database.WriteAsync(unit => Change(unit, id, request, entry, now), cancellation) switch
        {
            Outcome.NotThere => Problems.NotFound(),
            Outcome.LastAdmin => Problems.Conflict("last-admin", "This is the last admin. Make somebody else an admin first."),
            _ => TypedResults.Ok((await database.QuerySingleOrDefaultAsync<PersonItem>(PersonItem.Select + " WHERE p.id = @id", new { id }, cancellation))!),
        };
    }

    private static Outcome Change(WriteUnit unit, Guid id, Request request, AuditEntry entry, DateTimeOffset now)
    {
        // Two admins who demote each other at once wait here for one another, and the second one is then the last.
        var admins = unit.Query<Guid>($"SELECT id FROM accounts_people WHERE role = '{Roles.Admin}' AND suspended_at IS NULL ORDER BY id {unit.Dialect.ForUpdate}");
        if (unit.QuerySingleOrDefault<PersonRow>($"{PersonRow.Select} WHERE id = @id {unit.Dialect.ForUpdate}", new { id }) is not { } before)
            return Outcome.NotThere;
        var after = before with
        {
            Role = request.Role ?? before.Role,
            SuspendedAt = request.Suspended switch { true => before.SuspendedAt ?? now, false => null, null => before.SuspendedAt },
        };
        if (admins is [var only] && only == id && (after.Role != Roles.Admin || after.SuspendedAt is not null))
            return Outcome.LastAdmin;
        unit.Execute("UPDATE accounts_people SET role = @Role, suspended_at = @SuspendedAt WHERE id = @Id", new { after.Role, after.SuspendedAt, after.Id });
        if (after.SuspendedAt is not null || Roles.IsDemotion(before.Role, after.Role))
            SessionRow.EndAll(unit, id, Guid.Empty, now);
        if (after.Role != before.Role)
            AuditLog.Append(unit, entry with { Details = new Dictionary<string, string> { ["from"] = before.Role, ["to"] = after.Role } }, now);
        if ((after.SuspendedAt is null) != (before.SuspendedAt is null))
            AuditLog.Append(unit, entry with { Action = after.SuspendedAt is null ? AuditActions.Reinstated : AuditActions.Suspended }, now);
        return Outcome.Changed;
    }
}
