using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Imports;

/// <summary>The person's newest imports, for a page that was opened again.</summary>
internal static partial class ListImports
{
    private const int Shown = 20;

    public sealed record Response(IReadOnlyList<Import> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/imports", Handle)
            .WithName("ListImports")
            .WithSummary("Lists the newest imports")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Caller caller, Database database, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync<ImportRow>(
            $"SELECT {ImportRow.Columns} FROM assistant_imports WHERE owner_id = @PersonId ORDER BY created_at DESC LIMIT {Shown}", new { caller.PersonId }, cancellation);
        return TypedResults.Ok(new Response([.. rows.Select(row => row.ToImport())]));
    }
}
