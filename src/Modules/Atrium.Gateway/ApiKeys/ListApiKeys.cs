using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.ApiKeys;

/// <summary>Lists the caller's API keys, newest first, revoked ones too.</summary>
internal static class ListApiKeys
{
    private const int Most = 500;

    public sealed record Response(IReadOnlyList<ApiKeyView.Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ApiKeyView.Route, Handle).WithName("ListApiKeys").WithSummary("The keys of your programs, without their secrets").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Caller caller, Database database, CancellationToken cancellation)
    {
        var keys = await database.QueryAsync<ApiKey>(
            $"SELECT {ApiKey.Columns} FROM gateway_api_keys WHERE person_id = @PersonId ORDER BY created_at DESC, id DESC LIMIT {Most}", new { caller.PersonId }, cancellation);
        return TypedResults.Ok(new Response([.. keys.Select(ApiKeyView.Of)]));
    }
}
