using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Profiles;

/// <summary>What a person shows of themselves to everybody in the house: never their address, and when they were here only to themselves and admins.</summary>
internal static class GetProfile
{
    internal sealed record Response
    {
        public required Guid Id { get; init; }

        public required string Username { get; init; }

        public string? DisplayName { get; init; }

        public string? Pronouns { get; init; }

        public string? About { get; init; }

        public Guid? AvatarId { get; init; }

        public Guid? BannerId { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? LastActiveAt { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/people/{id:guid}", Handle)
        .WithName(nameof(GetProfile))
        .WithSummary("A person's profile")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, CancellationToken cancellation)
    {
        var profile = await database.QuerySingleOrDefaultAsync<Response>(
            """
            SELECT p.id, p.username, p.display_name, p.pronouns, p.about, p.avatar_id, p.banner_id, p.created_at,
                (SELECT MAX(s.last_seen_at) FROM accounts_sessions s WHERE s.person_id = p.id) AS last_active_at
            FROM accounts_people p WHERE p.id = @id
            """,
            new { id },
            cancellation);
        if (profile is null)
            return Problems.NotFound();
        return TypedResults.Ok(id == caller.PersonId || caller.Role == Roles.Admin ? profile : profile with { LastActiveAt = null });
    }
}
