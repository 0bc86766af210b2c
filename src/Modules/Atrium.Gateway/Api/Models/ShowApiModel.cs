using System.Text.Json;
using Atrium.Gateway.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.Models;

/// <summary>Shows a program one model. Names of models have slashes.</summary>
internal static class ShowApiModel
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/models/{**id}", Handle).WithName("ShowApiModel").WithSummary("One model this key may use").AsApi("models", ApiDialect.OpenAi);

    private static async Task Handle(string id, HttpContext context, ApiCaller caller, ApiModels models)
    {
        var name = Uri.UnescapeDataString(id);
        var item = (await models.ListAsync(caller, context.RequestAborted)).FirstOrDefault(item => item.Id == name)
            ?? throw new ApiException(new ApiFailure(StatusCodes.Status404NotFound, "model_not_found", "There is no such model, or this key may not use it.", "model"));
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        ApiModels.Write(json, item, ApiEndpoint.DialectOf(context));
    }
}
