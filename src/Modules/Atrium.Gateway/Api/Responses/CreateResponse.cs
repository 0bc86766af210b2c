using Atrium.Gateway.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.Responses;

/// <summary>Answers a program that speaks OpenAI's newer format. Nothing is kept from one call to the next.</summary>
internal static class CreateResponse
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/responses", Handle).WithName("CreateApiResponse").WithSummary("An answer in OpenAI's newer format, of which nothing is kept").AsApi("responses", ApiDialect.OpenAi);

    private static async Task Handle(HttpContext context, ApiCaller caller, ApiAnswering answering)
    {
        using var body = await ApiJson.ReadBodyAsync(context);
        var request = ResponseReader.Read(body.RootElement);
        await answering.AnswerAsync(context, caller, request, head => new ResponseFormat(head, request.IncludesProofs));
    }
}
