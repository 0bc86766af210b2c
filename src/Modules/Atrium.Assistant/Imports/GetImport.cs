using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Imports;

/// <summary>How far an import is, and what it did.</summary>
internal static partial class GetImport
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/imports/{id:guid}", Handle)
            .WithName("GetImport")
            .WithSummary("Reads how far an import is and what it did")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Import>, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, CancellationToken cancellation) =>
        await database.QuerySingleOrDefaultAsync<ImportRow>($"SELECT {ImportRow.Columns} FROM assistant_imports WHERE id = @id AND owner_id = @PersonId", new { id, caller.PersonId }, cancellation) is { } row
            ? TypedResults.Ok(row.ToImport())
            : Problems.NotFound();
}
