using Atrium.Gateway.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.Messages;

/// <summary>Answers a program that speaks Anthropic's format.</summary>
internal static class CreateMessage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/messages", Handle).WithName("CreateApiMessage").WithSummary("An answer in Anthropic's format").AsApi("messages", ApiDialect.Anthropic);

    private static async Task Handle(HttpContext context, ApiCaller caller, ApiAnswering answering)
    {
        using var body = await ApiJson.ReadBodyAsync(context);
        await answering.AnswerAsync(context, caller, MessageRequestReader.Read(body.RootElement), head => new MessageFormat(head));
    }
}
