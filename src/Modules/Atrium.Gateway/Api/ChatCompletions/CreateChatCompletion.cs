using Atrium.Ai;
using Atrium.Gateway.Api.Relay;
using Atrium.Gateway.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.ChatCompletions;

/// <summary>Answers a program that speaks OpenAI's chat format.</summary>
internal static class CreateChatCompletion
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/chat/completions", Handle).WithName("CreateChatCompletion").WithSummary("An answer in OpenAI's chat format").AsApi("chat", ApiDialect.OpenAi);

    private static async Task Handle(HttpContext context, ApiCaller caller, ApiRelay relay, ApiAnswering answering)
    {
        using var body = await ApiBody.ReadAsync(context);
        if (await relay.TryAnswerAsync(context, caller, RelayFormat.OpenAiChat, body, head => new ChatCompletionFormat(head, includesUsage: false)))
            return;
        using var json = ApiJson.Read(body.Bytes);
        var request = ChatCompletionReader.Read(json.RootElement);
        await answering.AnswerAsync(context, caller, request, head => new ChatCompletionFormat(head, request.IncludesUsage));
    }
}
