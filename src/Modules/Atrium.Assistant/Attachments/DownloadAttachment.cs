using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Atrium.Assistant.Attachments;

/// <summary>Gives a file back to its owner. Only pictures may be shown in a page; everything else is saved.</summary>
internal static partial class DownloadAttachment
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/attachments/{id:guid}", Handle)
            .WithName("DownloadAttachment")
            .WithSummary("Downloads an attachment")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(Guid id, Caller caller, HttpContext context, Database database, AttachmentFiles files, CancellationToken cancellation)
    {
        var row = await database.QuerySingleOrDefaultAsync<AttachmentRow>(
            "SELECT id, owner_id, conversation_id, name, media_type, size, created_at FROM assistant_attachments WHERE id = @id AND owner_id = @PersonId",
            new { id, caller.PersonId },
            cancellation);
        if (row is null || await files.ReadAsync(caller.PersonId, id, cancellation) is not { } bytes)
            return Problems.NotFound();
        var disposition = new ContentDispositionHeaderValue(ContentSniffer.IsImage(row.MediaType) ? "inline" : "attachment");
        disposition.SetHttpFileName(row.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.Bytes(bytes, row.MediaType == ContentSniffer.Text ? "text/plain; charset=utf-8" : row.MediaType);
    }
}
