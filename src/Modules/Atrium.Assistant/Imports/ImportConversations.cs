using Atrium.Assistant.Instances;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Atrium.Assistant.Imports;

/// <summary>Takes a file of conversations, as it comes onto the disk, and imports it behind the answer. One at a time for each person.</summary>
internal static partial class ImportConversations
{
    /// <summary>Room for the multipart frame around the file.</summary>
    private const long FrameLength = 64 * 1024;

    private const int DiskFull = 28;

    public sealed record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var most = routes.ServiceProvider.GetRequiredService<HouseSettings>().MaximumImport;
        routes.MapPost("/api/conversations/import", Handle)
            .WithName("ImportConversations")
            .WithSummary("Imports a ChatGPT export (conversations.json or its ZIP) or an export of this house")
            .WithTags(AssistantModule.Name)
            .Accepts<IFormFile>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(most + FrameLength))
            .RequireAuthorization(Policies.Member)
            .WithLimit(LimitClass.Upload);
    }

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        Caller caller, HttpContext context, Database database, HouseSettings settings, ImportFolder folder, ImportRunner runner, InstanceLeases instances, TimeProvider clock, CancellationToken cancellation)
    {
        if (settings.MaximumImport == 0)
            return Problems.Forbidden("import-off", "Importing is turned off in this house.");
        if (await FindActiveAsync(database, caller.PersonId, cancellation) is { } active)
            return Busy(active);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var file = folder.Create(id);
        var isTaken = false;
        try
        {
            if (!await ReceiveAsync(context.Request, file, cancellation))
                return Problems.Invalid("file", "Send the export as the field file of a form.");
            if (file.Length > settings.MaximumImport)
                return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "This is larger than the house accepts.");
            await database.ExecuteAsync(
                """
                INSERT INTO assistant_imports (id, owner_id, instance_id, status, bytes_read, bytes_total, report, created_at)
                VALUES (@id, @PersonId, @Own, 'queued', 0, @Length, @Report, @now)
                """,
                new { id, caller.PersonId, instances.Own, file.Length, Report = StoredJson.Write(new ImportReport()), now },
                cancellation);
            isTaken = runner.TryAdd(new ImportJob(id, caller.PersonId, file));
            if (isTaken)
                return TypedResults.Accepted($"/api/imports/{id}", new Response(id));
            await database.ExecuteAsync("DELETE FROM assistant_imports WHERE id = @id", new { id }, CancellationToken.None);
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "imports-waiting", "Too many imports are waiting. Try again in a few minutes.");
        }
        catch (UniqueViolationException)
        {
            return Busy(await FindActiveAsync(database, caller.PersonId, cancellation) ?? id);
        }
        finally
        {
            if (!isTaken)
                await file.DisposeAsync();
        }
    }

    /// <returns>False when the body holds no file.</returns>
    private static async Task<bool> ReceiveAsync(HttpRequest request, FileStream file, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
            return false;
        try
        {
            var reader = new MultipartReader(boundary.Value!, request.Body);
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFileDisposition())
                    continue;
                await section.Body.CopyToAsync(file, cancellation);
                return file.Length > 0;
            }
            return false;
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == DiskFull)
        {
            throw new StorageFullException(exception);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // A frame that does not end as it began.
            return false;
        }
    }

    private static Task<Guid?> FindActiveAsync(Database database, Guid ownerId, CancellationToken cancellation) =>
        database.QuerySingleOrDefaultAsync<Guid?>("SELECT id FROM assistant_imports WHERE owner_id = @ownerId AND finished_at IS NULL", new { ownerId }, cancellation);

    private static ProblemHttpResult Busy(Guid active)
    {
        var problem = Problems.Conflict("already-importing", "An import of yours is running. Wait for it.");
        problem.ProblemDetails.Extensions["importId"] = active;
        return problem;
    }
}
