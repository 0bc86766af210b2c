using System.Reflection;
using Atrium.Accounts.Sessions;
using Atrium.Accounts.Setup;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>What the door of the house says to anybody.</summary>
internal static class GetHouse
{
    /// <param name="Banners"><c>limits-off</c>, <c>insecure-http</c>, <c>read-only</c>: what every page must warn of.</param>
    /// <param name="InsecureOrigin">Nobody can sign in, because the public address is plain http.</param>
    /// <param name="OllamaOrigins">Where a browser may look for an Ollama of its own.</param>
    public sealed record Response(string Name, string Version, bool SetupNeeded, string Registration, IReadOnlyList<string> Banners, bool InsecureOrigin, IReadOnlyList<string> OllamaOrigins);

    private static readonly string Version =
        typeof(GetHouse).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/house", Handle)
        .WithName(nameof(GetHouse))
        .WithSummary("The house before sign-in")
        .WithTags(AccountsModule.Name)
        .AllowAnonymous()
        .WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(
        HouseSettings settings, FirstAdmin firstAdmin, SessionCookies cookies, ReadOnlyMode mode, Database database, CancellationToken cancellation) =>
        TypedResults.Ok(new Response(
            settings.HouseName,
            Version,
            SetupNeeded: !await firstAdmin.ExistsAsync(cancellation),
            (await HouseRules.ReadAsync(database, cancellation)).RegistrationWithin(settings).ToString().ToLowerInvariant(),
            [.. Banners(settings, cookies, mode)],
            cookies.RefusesSignIn,
            settings.OllamaBrowserOrigins));

    private static IEnumerable<string> Banners(HouseSettings settings, SessionCookies cookies, ReadOnlyMode mode)
    {
        if (!settings.RateLimitsOn)
            yield return "limits-off";
        if (cookies.IsOriginInsecure)
            yield return "insecure-http";
        if (mode.Current is not null)
            yield return "read-only";
    }
}
