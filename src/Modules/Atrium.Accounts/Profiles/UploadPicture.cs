using Atrium.Accounts.People;
using Atrium.Platform.Data;
using Atrium.Platform.Files;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Profiles;

/// <summary>Takes a picture of a person, judged by its bytes and encoded anew.</summary>
internal static class UploadPicture
{
    private const int Largest = 10 * 1024 * 1024;

    /// <summary>Room for the multipart frame around the file.</summary>
    private const int FrameLength = 64 * 1024;

    /// <param name="Id">What <c>/api/pictures/{id}</c> shows.</param>
    public sealed record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, Picture.Avatar, "UploadAvatar", "Show a picture of yourself");
        Map(routes, Picture.Banner, "UploadBanner", "Show a picture behind your name");
    }

    private static void Map(IEndpointRouteBuilder routes, Picture picture, string name, string summary) => routes
        .MapPut($"/api/me/{picture.Name}", (IFormFile file, Caller caller, Database database, FileStore files, PictureEncoder encoder, TimeProvider clock, CancellationToken cancellation) =>
            Handle(picture, file, caller, database, files, encoder, clock, cancellation))
        .WithName(name)
        .WithSummary(summary)
        .WithTags(AccountsModule.Name)
        .WithFormOptions(bufferBody: false, memoryBufferThreshold: Largest + FrameLength, valueCountLimit: 8, multipartBodyLengthLimit: Largest + FrameLength, multipartHeadersCountLimit: 8)
        .WithMetadata(new RequestSizeLimitAttribute(Largest + FrameLength))
        .DisableAntiforgery()
        .RequireAuthorization(Policies.Member)
        .WithLimit(LimitClass.Upload);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Picture picture, IFormFile file, Caller caller, Database database, FileStore files, PictureEncoder encoder, TimeProvider clock, CancellationToken cancellation)
    {
        if (file.Length > Largest)
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "A picture has at most 10 MB.");
        var sent = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(sent, cancellation);
        byte[]? made;
        try
        {
            made = await encoder.EncodeAsync(sent, picture, cancellation);
        }
        catch (PicturesOffException)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "pictures-off", "This house takes no pictures: its operator has not installed libvips.");
        }
        if (made is null)
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-file", "Only whole PNG, JPEG, GIF and WebP pictures of at most 50 megapixels can be shown.");
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await files.WriteAsync(AccountsModule.Name, id, made, cancellation);
        if (await database.WriteAsync(unit => picture.Replace(unit, caller.PersonId, id), cancellation) is { } before)
            files.Delete(AccountsModule.Name, before);
        return TypedResults.Ok(new Response(id));
    }
}
