using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Cache;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.Responses;

/// <summary>Answers a program that speaks OpenAI's newer format. Nothing is kept from one call to the next.</summary>
internal static class CreateResponse
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/responses", Handle).WithName("CreateApiResponse").WithSummary("An answer in OpenAI's newer format, of which nothing is kept").AsApi("responses", ApiDialect.OpenAi);

    private static async Task Handle(HttpContext context, ApiCaller caller, CachedAnswering cached, ApiAnswering answering)
    {
        using var body = await ApiBody.ReadAsync(context);
        await cached.AnswerAsync(context, caller, body.Bytes, () => AnswerAsync(context, caller, body, answering));
    }

    private static async Task AnswerAsync(HttpContext context, ApiCaller caller, ApiBody body, ApiAnswering answering)
    {
        using var json = ApiJson.Read(body.Bytes);
        var request = ResponseReader.Read(json.RootElement);
        await answering.AnswerAsync(context, caller, request, head => new ResponseFormat(head, request.IncludesProofs));
    }
}
