using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.ApiKeys;

/// <summary>Shows one of the caller's API keys.</summary>
internal static class ShowApiKey
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ApiKeyView.Route + "/{id:guid}", Handle).WithName("ShowApiKey").WithSummary("One key of your programs, without its secret").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<ApiKeyView.Item>, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, CancellationToken cancellation) =>
        await database.QuerySingleOrDefaultAsync<ApiKey>(
            $"SELECT {ApiKey.Columns} FROM gateway_api_keys WHERE id = @id AND person_id = @PersonId", new { id, caller.PersonId }, cancellation) is { } key
            ? TypedResults.Ok(ApiKeyView.Of(key))
            : Problems.NotFound();
}
