using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Operations.Audit;

/// <summary>Who did what, newest first.</summary>
internal static class ListAudit
{
    public sealed record Item(long Sequence, DateTimeOffset At, Guid? ActorId, string? ActorName, string Action, string? Target, string Network, IReadOnlyDictionary<string, string> Details, string Hash);

    /// <param name="Next">The cursor of the next page; null at the end.</param>
    public sealed record Response(IReadOnlyList<Item> Items, long? Next);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/audit", Handle)
        .WithName("ListAudit")
        .WithSummary("The audit log, newest first")
        .WithTags(OperationsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Search);

    private static async Task<Ok<Response>> Handle(
        AuditLog log,
        CancellationToken cancellation,
        [MaxLength(100), Printable] string? action = null,
        Guid? actor = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        [Range(1, long.MaxValue)] long? cursor = null,
        [Range(1, 200)] int limit = 50)
    {
        var rows = await log.ReadAsync(new AuditFilter(action, actor, from, to), cursor ?? long.MaxValue, limit + 1, cancellation);
        return TypedResults.Ok(new Response([.. rows.Take(limit).Select(ItemOf)], rows.Count > limit ? rows[limit - 1].Sequence : null));
    }

    private static Item ItemOf(AuditRow row) => new(
        row.Sequence, row.At, row.ActorId, row.ActorName, row.Action, row.Target, row.Network, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details)!, Convert.ToHexStringLower(row.Hash));
}
