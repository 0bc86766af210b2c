using Atrium.Platform.Data;
using Atrium.Platform.Files;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Profiles;

/// <summary>Shows a picture no longer, and deletes it.</summary>
internal static class RemovePicture
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, Picture.Avatar, "RemoveAvatar", "Remove the picture of yourself");
        Map(routes, Picture.Banner, "RemoveBanner", "Remove the picture behind your name");
    }

    private static void Map(IEndpointRouteBuilder routes, Picture picture, string name, string summary) => routes
        .MapDelete($"/api/me/{picture.Name}", (Caller caller, Database database, FileStore files, CancellationToken cancellation) => Handle(picture, caller, database, files, cancellation))
        .WithName(name)
        .WithSummary(summary)
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<NoContent> Handle(Picture picture, Caller caller, Database database, FileStore files, CancellationToken cancellation)
    {
        if (await database.WriteAsync(unit => picture.Replace(unit, caller.PersonId, null), cancellation) is { } before)
            files.Delete(AccountsModule.Name, before);
        return TypedResults.NoContent();
    }
}
