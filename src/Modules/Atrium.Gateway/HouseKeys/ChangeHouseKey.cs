using System.ComponentModel.DataAnnotations;
using Atrium.Contracts.Accounts;
using Atrium.Gateway.Keys;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.HouseKeys;

/// <summary>Renames a key of the house, switches it on or off, or gives it to others.</summary>
internal static class ChangeHouseKey
{
    public sealed record Request
    {
        [StringLength(Account.LongestName, MinimumLength = 1), Printable]
        public string? Name { get; init; }

        public bool? Enabled { get; init; }

        /// <summary>everyone, or group: and a group's id.</summary>
        [StringLength(HouseKey.LongestAudience)]
        public string? Audience { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(HouseKey.Route + "/{id:guid}", Handle).WithName("ChangeHouseKey").WithSummary("Rename a key of the house, switch it on or off, or give it to others").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<KeyView.Item>, ProblemHttpResult>> Handle(
        Guid id, Request request, HttpContext context, Database database, IPeople people, TimeProvider clock, CancellationToken cancellation)
    {
        var audience = request.Audience is null ? null : await HouseKey.FindAudienceAsync(request.Audience, people, cancellation);
        if (audience is null && request.Audience is not null)
            return Problems.Invalid("audience", "This is everyone, or group: and a group's id.");
        var name = string.IsNullOrWhiteSpace(request.Name) ? null : request.Name.Trim();
        var key = await database.WriteAsync(unit => Change(unit, id, name, request.Enabled, audience, AuditEntry.Of(context, AuditActions.HouseKeyChanged, id), clock.GetUtcNow()), cancellation);
        return key is null ? Problems.NotFound() : TypedResults.Ok(KeyView.Of(key));
    }

    private static ProviderKey? Change(WriteUnit unit, Guid id, string? name, bool? enabled, string? audience, AuditEntry audit, DateTimeOffset now)
    {
        var key = unit.QuerySingleOrDefault<ProviderKey>(
            $"""
            UPDATE gateway_keys SET name = COALESCE(@name, name), enabled = COALESCE(@enabled, enabled), audience = COALESCE(@audience, audience)
            WHERE id = @id AND person_id = @OwnerId
            RETURNING {ProviderKey.Columns}
            """,
            new { id, HouseKey.OwnerId, name, enabled, audience });
        if (key is not null)
        {
            var details = new Dictionary<string, string> { ["audience"] = key.Audience, ["enabled"] = key.Enabled ? "yes" : "no" };
            AuditLog.Append(unit, audit with { Details = details }, now);
        }
        return key;
    }
}
