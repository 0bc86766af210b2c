using Atrium.Simulators.OpenAiChat;

namespace Atrium.Simulators.AzureOpenAi;

/// <summary>OpenAI's models as Azure serves them: deployments in dated addresses, or in the body of undated ones; embeddings, pictures out, and errors.</summary>
internal static class AzureOpenAiProfile
{
    /// <summary>Where it is mounted.</summary>
    public const string Root = "/azure";

    private static readonly AzureOpenAiWire Wire = new();

    public static void Map(WebApplication app, Simulation simulation)
    {
        foreach (var form in (string[])["/openai/v1", "/openai/deployments/{deployment}"])
        {
            var group = app.MapGroup(Root + form);
            group.MapPost("/chat/completions", http => WithVersionAsync(http, () => ChatExchange.AnswerAsync(http, Wire, simulation)));
            group.MapPost("/embeddings", http => WithVersionAsync(http, () => OpenAiChatProfile.EmbedAsync(http, simulation)));
            group.MapPost("/images/generations", http => WithVersionAsync(http, () => OpenAiChatProfile.DrawAsync(http, simulation)));
        }
    }

    /// <summary>A dated address needs its date.</summary>
    private static Task WithVersionAsync(HttpContext http, Func<Task> answer)
    {
        http.Response.Headers["apim-request-id"] = http.TraceIdentifier;
        return http.Request.RouteValues.ContainsKey("deployment") && http.Request.Query["api-version"].Count == 0
            ? Wire.RefuseAsync(http, new RefusedRequestException("Resource not found", code: "404", status: 404))
            : ChatExchange.WithKeyAsync(http, Wire, answer);
    }
}
