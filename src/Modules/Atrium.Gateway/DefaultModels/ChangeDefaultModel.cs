using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.DefaultModels;

/// <summary>Sets the caller's model for one persona or module, or takes it away.</summary>
internal static class ChangeDefaultModel
{
    public sealed record Request
    {
        /// <summary><c>provider/model</c>, or a model of the chosen provider; null or empty: none.</summary>
        [StringLength(200)]
        public string? Model { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(DefaultModelView.Route + "/{use}", Handle).WithName("ChangeDefaultModel").WithSummary("Set your model for a persona or module").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<DefaultModelView.Item>, ProblemHttpResult>> Handle(
        string use, Request request, Caller caller, ModelUses uses, Database database, CancellationToken cancellation)
    {
        if (!uses.All.Contains(use))
            return Problems.NotFound();
        var model = string.IsNullOrWhiteSpace(request.Model) ? null : request.Model.Trim();
        await database.WriteAsync(unit => DefaultModel.Store(unit, caller.PersonId, use, model), cancellation);
        return TypedResults.Ok(new DefaultModelView.Item(use, model));
    }
}
