using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Groups;

/// <summary>Renames a group, or says whether new people belong to it.</summary>
internal static class ChangeGroup
{
    public sealed record Request
    {
        [StringLength(Group.LongestName, MinimumLength = 1), Printable]
        public string? Name { get; init; }

        public bool? TakesNewPeople { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/api/admin/groups/{id:guid}", Handle)
        .WithName(nameof(ChangeGroup))
        .WithSummary("Change a group")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Group>, ProblemHttpResult>> Handle(Guid id, Request request, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var name = request.Name?.Trim();
        if (name?.Length == 0)
            return Problems.Invalid("name", "A group has a name.");
        try
        {
            var change = new { id, name, Key = name is null ? null : Group.KeyOf(name), request.TakesNewPeople };
            await database.WriteAsync(
                unit =>
                {
                    var changed = unit.Execute(
                        "UPDATE accounts_groups SET name = COALESCE(@name, name), name_key = COALESCE(@Key, name_key), takes_new_people = COALESCE(@TakesNewPeople, takes_new_people) WHERE id = @id",
                        change);
                    if (changed > 0)
                        AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.GroupChanged, id), clock.GetUtcNow());
                },
                cancellation);
        }
        catch (UniqueViolationException)
        {
            return Problems.Conflict("group-name-taken", "There is a group of this name.");
        }
        return await database.QuerySingleOrDefaultAsync<Group>(Group.Select + " WHERE g.id = @id", new { id }, cancellation) is { } group
            ? TypedResults.Ok(group)
            : Problems.NotFound();
    }
}
