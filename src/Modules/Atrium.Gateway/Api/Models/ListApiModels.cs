using System.Text.Json;
using Atrium.Gateway.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.Models;

/// <summary>Lists the models a program's key may use.</summary>
internal static class ListApiModels
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/models", Handle).WithName("ListApiModels").WithSummary("The models this key may use").AsApi("models", ApiDialect.OpenAi);

    private static async Task Handle(HttpContext context, ApiCaller caller, ApiModels models)
    {
        var items = await models.ListAsync(caller, context.RequestAborted);
        var dialect = ApiEndpoint.DialectOf(context);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        if (dialect == ApiDialect.OpenAi)
            json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var item in items)
            ApiModels.Write(json, item, dialect);
        json.WriteEndArray();
        if (dialect == ApiDialect.Anthropic)
        {
            json.WriteBoolean("has_more", false);
            json.WriteString("first_id", items.Count > 0 ? items[0].Id : null);
            json.WriteString("last_id", items.Count > 0 ? items[^1].Id : null);
        }
        json.WriteEndObject();
    }
}
