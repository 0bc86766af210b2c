using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>What every page should tell the person who is signed in.</summary>
internal static class GetNotices
{
    internal sealed record Response(AnnouncementItem? Announcement, ReadOnlyState? ReadOnly);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/notices", Handle)
        .WithName(nameof(GetNotices))
        .WithSummary("The announcement, and whether changes are stopped")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Database database, ReadOnlyMode mode, TimeProvider clock, CancellationToken cancellation) =>
        TypedResults.Ok(new Response((await HouseRules.ReadAsync(database, cancellation)).AnnouncementAt(clock.GetUtcNow()), mode.Current));
}
