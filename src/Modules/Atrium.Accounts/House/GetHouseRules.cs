using Atrium.Accounts.People;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>Everything admins decide for the whole house.</summary>
internal static class GetHouseRules
{
    /// <param name="Current">What counts.</param>
    /// <param name="Allowed">The most open mode that the operator's REGISTRATION allows.</param>
    public sealed record RegistrationItem(RegistrationMode Current, RegistrationMode Allowed);

    internal sealed record NewPeopleItem(string Role, PreferredLocale Locale, PreferredTheme Theme);

    internal sealed record Response(RegistrationItem Registration, NewPeopleItem NewPeople, AnnouncementItem? Announcement, ReadOnlyState? ReadOnly);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/house", Handle)
        .WithName(nameof(GetHouseRules))
        .WithSummary("What admins have decided for the house")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Database database, HouseSettings settings, ReadOnlyMode mode, TimeProvider clock, CancellationToken cancellation)
    {
        var rules = await HouseRules.ReadAsync(database, cancellation);
        var preferences = Preferences.Parse(rules.NewPreferences);
        return TypedResults.Ok(new Response(
            new RegistrationItem(rules.RegistrationWithin(settings), settings.Registration),
            new NewPeopleItem(rules.NewRole, preferences.Locale, preferences.Theme),
            rules.AnnouncementAt(clock.GetUtcNow()),
            mode.Current));
    }
}
