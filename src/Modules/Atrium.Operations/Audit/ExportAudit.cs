using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Operations.Audit;

/// <summary>The audit log as a table (RFC 4180), newest first, sent piece by piece.</summary>
internal static class ExportAudit
{
    private const int PieceLength = 500;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/audit/export", Handle)
        .WithName("ExportAudit")
        .WithSummary("The audit log as CSV")
        .WithTags(OperationsModule.Name)
        .Produces<string>(StatusCodes.Status200OK, Csv.Type)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Search);

    private static async Task<EmptyHttpResult> Handle(
        AuditLog log,
        HttpContext context,
        CancellationToken cancellation,
        [MaxLength(100), Printable] string? action = null,
        Guid? actor = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null)
    {
        var filter = new AuditFilter(action, actor, from, to);
        var rows = await log.ReadAsync(filter, long.MaxValue, PieceLength, cancellation);
        context.Response.ContentType = Csv.Type + "; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        await context.Response.WriteAsync("sequence,at,actor_id,actor_name,action,target,network,details,hash\r\n", cancellation);
        while (rows.Count > 0)
        {
            await context.Response.WriteAsync(Lines(rows), cancellation);
            rows = rows.Count < PieceLength ? [] : await log.ReadAsync(filter, rows[^1].Sequence, PieceLength, cancellation);
        }
        return TypedResults.Empty;
    }

    private static string Lines(IReadOnlyList<AuditRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            Csv.AppendLine(
                text,
                row.Sequence.ToString(CultureInfo.InvariantCulture), row.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), row.ActorId?.ToString(), row.ActorName,
                row.Action, row.Target, row.Network, row.Details, Convert.ToHexStringLower(row.Hash));
        }
        return text.ToString();
    }
}
