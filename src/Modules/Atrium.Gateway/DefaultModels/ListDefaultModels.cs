using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.DefaultModels;

/// <summary>Lists every use a model can be set for, with the caller's model where there is one.</summary>
internal static class ListDefaultModels
{
    public sealed record Response(IReadOnlyList<DefaultModelView.Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(DefaultModelView.Route, Handle).WithName("ListDefaultModels").WithSummary("Your models by persona and module").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Caller caller, ModelUses uses, Database database, CancellationToken cancellation)
    {
        var models = (await DefaultModel.ListAsync(database, caller.PersonId, cancellation)).ToDictionary(model => model.UsedFor, model => model.Model, StringComparer.Ordinal);
        return TypedResults.Ok(new Response([.. uses.All.Select(use => new DefaultModelView.Item(use, models.GetValueOrDefault(use)))]));
    }
}
