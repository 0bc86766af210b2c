using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant.Attachments;

/// <summary>Takes a picture, a PDF or a text file, judged by its bytes, and keeps it sealed until a message uses it.</summary>
internal static partial class UploadAttachment
{
    /// <summary>Room for the multipart frame around the file.</summary>
    private const int FrameLength = 64 * 1024;

    public sealed record Response(Guid Id, string Name, string MediaType, long Size);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var most = routes.ServiceProvider.GetRequiredService<HouseSettings>().MaximumUpload;
        routes.MapPost("/api/attachments", Handle)
            .WithName("UploadAttachment")
            .WithSummary("Uploads a PNG, JPEG, GIF or WebP picture, a PDF or a text file")
            .WithTags(AssistantModule.Name)
            // Buffered in memory: a plain copy in the temporary folder would outlive the sealed one.
            .WithFormOptions(bufferBody: false, memoryBufferThreshold: most + FrameLength, valueCountLimit: 8, multipartBodyLengthLimit: most + FrameLength, multipartHeadersCountLimit: 8)
            .WithMetadata(new RequestSizeLimitAttribute(most + FrameLength))
            .DisableAntiforgery()
            .RequireAuthorization(Policies.Member)
            .WithLimit(LimitClass.Upload);
    }

    private static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        IFormFile file, Caller caller, Database database, AttachmentFiles files, HouseSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        if (file.Length > settings.MaximumUpload)
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "This is larger than the house accepts.");
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(bytes, cancellation);
        if (bytes.Length == 0)
            return Problems.Invalid("file", "The file is empty.");
        if (ContentSniffer.Sniff(bytes) is not { } mediaType)
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-file", "Only PNG, JPEG, GIF and WebP pictures, PDF and plain text files can be attached.");
        var now = clock.GetUtcNow();
        var row = new AttachmentRow { Id = Guid.CreateVersion7(now), OwnerId = caller.PersonId, Name = FileName.Clean(file.FileName), MediaType = mediaType, Size = bytes.Length, CreatedAt = now };
        await files.SaveAsync(caller.PersonId, row.Id, bytes, cancellation);
        await database.ExecuteAsync(
            "INSERT INTO assistant_attachments (id, owner_id, name, media_type, size, created_at) VALUES (@Id, @OwnerId, @Name, @MediaType, @Size, @CreatedAt)",
            row,
            cancellation);
        return TypedResults.Created($"/api/attachments/{row.Id}", new Response(row.Id, row.Name, row.MediaType, row.Size));
    }
}
