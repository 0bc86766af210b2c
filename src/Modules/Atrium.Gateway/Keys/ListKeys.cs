using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Keys;

/// <summary>Lists the caller's provider keys, newest first.</summary>
internal static class ListKeys
{
    public sealed record Response(IReadOnlyList<KeyView.Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/provider-keys", Handle).WithName("ListProviderKeys").WithSummary("Your keys at AI providers, without their secrets").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Caller caller, KeyRing keys, CancellationToken cancellation) =>
        TypedResults.Ok(new Response([.. (await keys.ListAsync(caller.PersonId, cancellation)).Select(KeyView.Of)]));
}
