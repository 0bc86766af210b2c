using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Invitations;

/// <summary>Makes an invitation and shows its token, once. Nobody becomes an admin by a link.</summary>
internal static class CreateInvitation
{
    public sealed record Request
    {
        [AllowedValues(Roles.Guest, Roles.User, Roles.Developer)]
        public string Role { get; init; } = Roles.User;

        /// <summary>Whom it is for, for the admins' list.</summary>
        [StringLength(200), Printable]
        public string? Note { get; init; }

        [Range(1, 90)]
        public int Days { get; init; } = 7;
    }

    /// <param name="Token">Shown once; what the new person sends as <c>invitation</c>.</param>
    public sealed record Response(Guid Id, string Token, string Role, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/admin/invitations", Handle)
        .WithName(nameof(CreateInvitation))
        .WithSummary("Invite somebody")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default)
        .WithSecretAnswer();

    private static async Task<Created<Response>> Handle(Request request, Caller caller, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var token = Invitation.NewToken();
        var row = new InvitationRow
        {
            Id = Guid.CreateVersion7(now),
            TokenHash = Invitation.HashOf(token),
            Role = request.Role,
            Note = request.Note ?? "",
            CreatedBy = caller.PersonId,
            CreatedAt = now,
            ExpiresAt = now.AddDays(request.Days),
        };
        await database.WriteAsync(
            unit =>
            {
                unit.Execute(
                    "INSERT INTO accounts_invitations (id, token_hash, role, note, created_by, created_at, expires_at) VALUES (@Id, @TokenHash, @Role, @Note, @CreatedBy, @CreatedAt, @ExpiresAt)",
                    row);
                AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.InvitationMade, row.Id) with { Details = new Dictionary<string, string> { ["role"] = row.Role } }, now);
            },
            cancellation);
        return TypedResults.Created($"/api/admin/invitations/{row.Id}", new Response(row.Id, token, row.Role, row.ExpiresAt));
    }
}
