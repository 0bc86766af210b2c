using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Keys;

/// <summary>Renames a key, or switches it off and on.</summary>
internal static class ChangeKey
{
    public sealed record Request
    {
        [StringLength(Account.LongestName, MinimumLength = 1), Printable]
        public string? Name { get; init; }

        public bool? Enabled { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPatch("/api/provider-keys/{id:guid}", Handle).WithName("ChangeProviderKey").WithSummary("Rename a key, or switch it off or on").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<KeyView.Item>, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller, Database database, CancellationToken cancellation)
    {
        var key = await database.WriteAsync(
            unit => unit.QuerySingleOrDefault<ProviderKey>(
                $"""
                UPDATE gateway_keys SET name = COALESCE(@name, name), enabled = COALESCE(@enabled, enabled)
                WHERE id = @id AND person_id = @PersonId
                RETURNING {ProviderKey.Columns}
                """,
                new { id, caller.PersonId, name = string.IsNullOrWhiteSpace(request.Name) ? null : request.Name.Trim(), enabled = request.Enabled }),
            cancellation);
        return key is null ? Problems.NotFound() : TypedResults.Ok(KeyView.Of(key));
    }
}
