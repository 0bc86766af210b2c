using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.People;

/// <summary>Changes the given preferences and leaves the others.</summary>
internal static class ChangePreferences
{
    public sealed record Request
    {
        public PreferredLocale? Locale { get; init; }

        public PreferredTheme? Theme { get; init; }

        public bool? EnterSends { get; init; }

        public bool? HideProviderPrompt { get; init; }

        public PreferredPersona? Persona { get; init; }

        public bool? Notify { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/api/me/preferences", Handle)
        .WithName(nameof(ChangePreferences))
        .WithSummary("Change preferences")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Preferences>, ProblemHttpResult>> Handle(Request request, Caller caller, Database database, CancellationToken cancellation)
    {
        var changed = await database.WriteAsync(unit => Change(unit, caller.PersonId, request), cancellation);
        return changed is null ? Problems.NotFound() : TypedResults.Ok(changed);
    }

    private static Preferences? Change(WriteUnit unit, Guid id, Request request)
    {
        var stored = unit.QuerySingleOrDefault<string>($"SELECT preferences FROM accounts_people WHERE id = @id {unit.Dialect.ForUpdate}", new { id });
        if (stored is null)
            return null;
        var before = Preferences.Parse(stored);
        var after = new Preferences
        {
            Locale = request.Locale ?? before.Locale,
            Theme = request.Theme ?? before.Theme,
            EnterSends = request.EnterSends ?? before.EnterSends,
            HideProviderPrompt = request.HideProviderPrompt ?? before.HideProviderPrompt,
            Persona = request.Persona ?? before.Persona,
            Notify = request.Notify ?? before.Notify,
        };
        unit.Execute("UPDATE accounts_people SET preferences = @preferences WHERE id = @id", new { id, preferences = after.ToJson() });
        return after;
    }
}
