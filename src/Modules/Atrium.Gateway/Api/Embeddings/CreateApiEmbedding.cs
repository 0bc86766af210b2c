using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Cache;
using Atrium.Gateway.Embeddings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.Embeddings;

/// <summary>Turns a program's texts into vectors, in OpenAI's format.</summary>
internal static class CreateApiEmbedding
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/embeddings", Handle).WithName("CreateApiEmbedding").WithSummary("Vectors of texts, in OpenAI's format").AsApi("embeddings", ApiDialect.OpenAi);

    private static async Task Handle(HttpContext context, ApiCaller caller, CachedAnswering cached, EmbeddingGateway gateway)
    {
        using var body = await ApiBody.ReadAsync(context);
        await cached.AnswerAsync(context, caller, body.Bytes, () => AnswerAsync(context, caller, body, gateway));
    }

    private static async Task AnswerAsync(HttpContext context, ApiCaller caller, ApiBody body, EmbeddingGateway gateway)
    {
        using var json = ApiJson.Read(body.Bytes);
        var request = EmbeddingReader.Read(json.RootElement, caller.Person.Id);
        var answer = await gateway.EmbedAsync(request.Call, caller, context.RequestAborted);
        context.Response.NameProvider(answer.Provider, answer.Model, answer.Cost);
        await EmbeddingFormat.WriteAsync(context, answer, request.AsBase64);
    }
}
