using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.People;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>Says what a new person begins as. Nobody begins as an admin.</summary>
internal static class ChooseNewPeople
{
    public sealed record Request
    {
        [Required, AllowedValues(Roles.Guest, Roles.User, Roles.Developer)]
        public string? Role { get; init; }

        public PreferredLocale Locale { get; init; }

        public PreferredTheme Theme { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/admin/house/new-people", Handle)
        .WithName(nameof(ChooseNewPeople))
        .WithSummary("Choose what new people begin as")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<NoContent> Handle(Request request, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var preferences = new Preferences { Locale = request.Locale, Theme = request.Theme }.ToJson();
        var entry = AuditEntry.Of(context, AuditActions.NewPeopleChosen) with { Details = new Dictionary<string, string> { ["role"] = request.Role! } };
        await database.WriteAsync(
            unit =>
            {
                HouseRules.Change(unit, "new_role = @Role, new_preferences = @preferences", new { request.Role, preferences });
                AuditLog.Append(unit, entry, clock.GetUtcNow());
            },
            cancellation);
        return TypedResults.NoContent();
    }
}
