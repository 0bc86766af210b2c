using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>Tells everybody who is signed in something, until a time or until it is taken back. There is one announcement at a time.</summary>
internal static class Announce
{
    public sealed record Request
    {
        [Required, StringLength(500, MinimumLength = 1), Printable]
        public string? Text { get; init; }

        public AnnouncementTone Tone { get; init; }

        public DateTimeOffset? Until { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/admin/house/announcement", Handle)
        .WithName(nameof(Announce))
        .WithSummary("Announce something to everybody")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Request request, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (request.Until <= now)
            return Problems.Invalid("until", "This time is over.");
        var text = request.Text!.Trim();
        if (text.Length == 0)
            return Problems.Invalid("text", "There is nothing to announce.");
        await database.WriteAsync(
            unit =>
            {
                HouseRules.Change(
                    unit,
                    "announcement = @text, announcement_tone = @Tone, announced_at = @now, announced_until = @Until",
                    new { text, Tone = request.Tone.ToString().ToLowerInvariant(), now, request.Until });
                AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.Announced), now);
            },
            cancellation);
        return TypedResults.NoContent();
    }
}
