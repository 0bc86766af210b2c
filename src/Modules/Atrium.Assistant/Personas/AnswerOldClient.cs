using System.Text.Json.Serialization;
using Atrium.Assistant.Messages;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Personas;

/// <summary>The shape older LangChat clients send to the root address. Who asks comes from the sign-in, never from the body.</summary>
internal static partial class AnswerOldClient
{
    public sealed record Request
    {
        [JsonPropertyName("user_input")]
        public required string UserInput { get; init; }

        /// <summary>Null or absent starts a new session.</summary>
        [JsonPropertyName("session_id")]
        public Guid? SessionId { get; init; }
    }

    public sealed record Response(
        [property: JsonPropertyName("response")] string Text,
        [property: JsonPropertyName("session_id")] Guid SessionId);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", Handle)
            .WithName("AnswerOldClient")
            .WithSummary("Answers a message in the shape of LangChat")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Chat);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Request request, Caller caller, PlainAnswers answers, CancellationToken cancellation)
    {
        var (conversationId, answer, problem) = await answers.AskAsync(caller.PersonId, request.SessionId, null, "user_input", request.UserInput, cancellation);
        return problem is not null ? problem : TypedResults.Ok(new Response(MessageParts.TextOf(answer!.Parts), conversationId));
    }
}
