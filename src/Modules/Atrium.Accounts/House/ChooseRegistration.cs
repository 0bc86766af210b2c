using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>Says who may make an account, within what the operator allows.</summary>
internal static class ChooseRegistration
{
    public sealed record Request([property: Required] RegistrationMode? Mode);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/admin/house/registration", Handle)
        .WithName(nameof(ChooseRegistration))
        .WithSummary("Choose who may make an account")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, HttpContext context, Database database, HouseSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        var mode = request.Mode!.Value;
        if (mode < settings.Registration)
            return Problems.Invalid("mode", $"The operator has set REGISTRATION to {TextOf(settings.Registration)}: this cannot be more open.");
        var entry = AuditEntry.Of(context, AuditActions.RegistrationChosen) with { Details = new Dictionary<string, string> { ["mode"] = TextOf(mode) } };
        await database.WriteAsync(
            unit =>
            {
                HouseRules.Change(unit, "registration = @mode", new { mode = TextOf(mode) });
                AuditLog.Append(unit, entry, clock.GetUtcNow());
            },
            cancellation);
        return TypedResults.NoContent();
    }

    private static string TextOf(RegistrationMode mode) => mode.ToString().ToLowerInvariant();
}
