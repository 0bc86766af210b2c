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

/// <summary>Makes a group.</summary>
internal static class CreateGroup
{
    public sealed record Request
    {
        [Required, StringLength(Group.LongestName, MinimumLength = 1), Printable]
        public string? Name { get; init; }

        public bool TakesNewPeople { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/admin/groups", Handle)
        .WithName(nameof(CreateGroup))
        .WithSummary("Make a group")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<Created<Group>, ProblemHttpResult>> Handle(Request request, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var group = new Group { Id = Guid.CreateVersion7(now), Name = request.Name!.Trim(), TakesNewPeople = request.TakesNewPeople, CreatedAt = now, Members = 0 };
        if (group.Name.Length == 0)
            return Problems.Invalid("name", "A group has a name.");
        try
        {
            await database.WriteAsync(
                unit =>
                {
                    unit.Execute(
                        "INSERT INTO accounts_groups (id, name, name_key, takes_new_people, created_at) VALUES (@Id, @Name, @Key, @TakesNewPeople, @CreatedAt)",
                        new { group.Id, group.Name, Key = Group.KeyOf(group.Name), group.TakesNewPeople, group.CreatedAt });
                    AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.GroupMade, group.Id), now);
                },
                cancellation);
        }
        catch (UniqueViolationException)
        {
            return Problems.Conflict("group-name-taken", "There is a group of this name.");
        }
        return TypedResults.Created($"/api/admin/groups/{group.Id}", group);
    }
}
