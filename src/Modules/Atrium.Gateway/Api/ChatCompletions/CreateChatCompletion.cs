using Atrium.Ai;
using Atrium.Gateway.Api.Relay;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Cache;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.ChatCompletions;

/// <summary>Answers a program that speaks OpenAI's chat format.</summary>
internal static class CreateChatCompletion
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/chat/completions", Handle).WithName("CreateChatCompletion").WithSummary("An answer in OpenAI's chat format").AsApi("chat", ApiDialect.OpenAi);

    private static async Task Handle(HttpContext context, ApiCaller caller, CachedAnswering cached, ApiRelay relay, ApiAnswering answering)
    {
        using var body = await ApiBody.ReadAsync(context);
        await cached.AnswerAsync(context, caller, body.Bytes, () => AnswerAsync(context, caller, body, relay, answering));
    }

    private static async Task AnswerAsync(HttpContext context, ApiCaller caller, ApiBody body, ApiRelay relay, ApiAnswering answering)
    {
        if (await relay.TryAnswerAsync(context, caller, RelayFormat.OpenAiChat, body, head => new ChatCompletionFormat(head, includesUsage: false)))
            return;
        using var json = ApiJson.Read(body.Bytes);
        var request = ChatCompletionReader.Read(json.RootElement);
        await answering.AnswerAsync(context, caller, request, head => new ChatCompletionFormat(head, request.IncludesUsage));
    }
}
