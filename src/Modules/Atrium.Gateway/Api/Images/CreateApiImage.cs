using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.Images;

/// <summary>Makes pictures after a program's words, in OpenAI's format.</summary>
internal static class CreateApiImage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/images/generations", Handle).WithName("CreateApiImage").WithSummary("Pictures after words, in OpenAI's format").AsApi("images", ApiDialect.OpenAi);

    private static async Task Handle(HttpContext context, ApiCaller caller, ImageGateway gateway, TimeProvider clock)
    {
        using var body = await ApiJson.ReadBodyAsync(context);
        var request = ImageReader.Read(body.RootElement, caller.Person.Id);
        var answer = await gateway.DrawAsync(request.Call, caller, context.RequestAborted);
        context.Response.NameProvider(answer.Provider, answer.Model, answer.Cost);
        await ImageFormat.WriteAsync(context, answer, request.AsAddress, clock.GetUtcNow());
    }
}
