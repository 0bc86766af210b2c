using Atrium.Platform.Data;
using Atrium.Platform.Files;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Profiles;

/// <summary>Shows a picture that somebody shows of themselves. Each new one has a new id, so a browser may keep it.</summary>
internal static class GetPicture
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/pictures/{id:guid}", Handle)
        .WithName(nameof(GetPicture))
        .WithSummary("A person's picture")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(Guid id, HttpContext context, Database database, FileStore files, CancellationToken cancellation)
    {
        if (await database.ScalarAsync<long>("SELECT COUNT(*) FROM accounts_people WHERE avatar_id = @id OR banner_id = @id", new { id }, cancellation) == 0
            || await files.ReadAsync(AccountsModule.Name, id, cancellation) is not { } bytes)
            return Problems.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers.ContentDisposition = "inline; filename=\"picture.webp\"";
        return TypedResults.Bytes(bytes, "image/webp");
    }
}
