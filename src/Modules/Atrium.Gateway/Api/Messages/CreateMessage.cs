using Atrium.Ai;
using Atrium.Gateway.Api.Relay;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Cache;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Api.Messages;

/// <summary>Answers a program that speaks Anthropic's format.</summary>
internal static class CreateMessage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/messages", Handle).WithName("CreateApiMessage").WithSummary("An answer in Anthropic's format").AsApi("messages", ApiDialect.Anthropic);

    private static async Task Handle(HttpContext context, ApiCaller caller, CachedAnswering cached, ApiRelay relay, ApiAnswering answering)
    {
        using var body = await ApiBody.ReadAsync(context);
        await cached.AnswerAsync(context, caller, body.Bytes, () => AnswerAsync(context, caller, body, relay, answering));
    }

    private static async Task AnswerAsync(HttpContext context, ApiCaller caller, ApiBody body, ApiRelay relay, ApiAnswering answering)
    {
        if (await relay.TryAnswerAsync(context, caller, RelayFormat.AnthropicMessages, body, head => new MessageFormat(head)))
            return;
        using var json = ApiJson.Read(body.Bytes);
        await answering.AnswerAsync(context, caller, MessageRequestReader.Read(json.RootElement), head => new MessageFormat(head));
    }
}
