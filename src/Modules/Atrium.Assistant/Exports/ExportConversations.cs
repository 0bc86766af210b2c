using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Exports;

/// <summary>Everything the person has talked: a ZIP of Markdown documents, or one JSON document. Nothing is gathered first; it is sent while it is read.</summary>
internal static partial class ExportConversations
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/conversations/export", Handle)
            .WithName("ExportConversations")
            .WithSummary("Downloads all conversations: a ZIP of Markdown documents, or one JSON document that can be imported again")
            .WithTags(AssistantModule.Name)
            .Produces<string>(StatusCodes.Status200OK, ExportFormat.ZipType, ExportFormat.JsonType)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Search);

    private static PushStreamHttpResult Handle(
        Caller caller, HttpContext context, ConversationReader reader, TimeProvider clock, CancellationToken cancellation, [AllowedValues(ExportFormat.Markdown, ExportFormat.Json)] string format = ExportFormat.Markdown)
    {
        context.Response.Headers.CacheControl = "no-store";
        var name = "atrium-conversations-" + clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return format == ExportFormat.Json
            ? TypedResults.Stream(output => new JsonExport(reader).WriteAsync(output, reader.AllAsync(caller.PersonId, cancellation), caller.PersonId, cancellation), ExportFormat.JsonType, name + ".json")
            : TypedResults.Stream(output => WriteZipAsync(output, reader, caller.PersonId, cancellation), ExportFormat.ZipType, name + ".zip");
    }

    private static async Task WriteZipAsync(Stream output, ConversationReader reader, Guid ownerId, CancellationToken cancellation)
    {
        // The archive writes its own few bytes without waiting; the pipe hands them on with waiting.
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await using (var zip = await ZipArchive.CreateAsync(pipe.AsStream(leaveOpen: true), ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
            await WriteAsync(zip, reader, ownerId, cancellation);
        await pipe.CompleteAsync();
    }

    private static async Task WriteAsync(ZipArchive zip, ConversationReader reader, Guid ownerId, CancellationToken cancellation)
    {
        var document = new MarkdownExport(reader);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var conversation in reader.AllAsync(ownerId, cancellation))
        {
            var name = MarkdownExport.NameOf(conversation);
            if (!names.Add(name))
                names.Add(name = $"{Path.GetFileNameWithoutExtension(name)} {conversation.Id:N}.md");
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            entry.LastWriteTime = conversation.UpdatedAt < EarliestZipTime ? EarliestZipTime : conversation.UpdatedAt;
            await using var stream = await entry.OpenAsync(cancellation);
            await document.WriteAsync(stream, conversation, ownerId, cancellation);
        }
    }

    // What the format can say; LastWriteTime throws outside it.
    private static readonly DateTimeOffset EarliestZipTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
