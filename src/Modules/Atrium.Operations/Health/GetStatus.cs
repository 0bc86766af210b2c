using System.Reflection;
using Atrium.Platform.Configuration;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Operations.Health;

/// <summary>What the web app's status line shows to people who are signed in.</summary>
internal static class GetStatus
{
    /// <param name="Database">sqlite or postgresql.</param>
    public sealed record Response(string Version, string Database, long UptimeSeconds);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/status", Handle).WithName("GetStatus").WithSummary("Version, database and uptime").WithTags("operations").RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static Ok<Response> Handle(HouseSettings settings, TimeProvider clock)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var version = typeof(GetStatus).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
        return TypedResults.Ok(new Response(version, settings.DatabaseUrl is null ? "sqlite" : "postgresql", (long)(clock.GetUtcNow() - new DateTimeOffset(process.StartTime)).TotalSeconds));
    }
}
