using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Conversations;

/// <summary>Opens an empty conversation.</summary>
internal static partial class CreateConversation
{
    public sealed record Request
    {
        [MaxLength(Conversation.TitleLength)]
        public string? Title { get; init; }

        [AllowedValues("diszi", "zily", null)]
        public string? Persona { get; init; }

        [MaxLength(Conversation.ModelLength)]
        public string? Model { get; init; }

        [MaxLength(Conversation.SystemPromptLength)]
        public string? SystemPrompt { get; init; }

        public ModelParameters? Parameters { get; init; }
    }

    public sealed record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/conversations", Handle)
            .WithName("CreateConversation")
            .WithSummary("Opens a conversation")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(Request request, Caller caller, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        if (request.Parameters?.FindFault() is var (field, text))
            return Problems.Invalid(field, text);
        var conversation = NewConversation.For(caller.PersonId, request.Persona, clock) with
        {
            Title = ConversationTitle.Clean(request.Title) ?? "",
            Model = request.Model is { Length: > 0 } model ? PlainText.Clean(model) : null,
            SystemPrompt = request.SystemPrompt is { Length: > 0 } prompt ? PlainText.Clean(prompt) : null,
            Parameters = request.Parameters ?? ModelParameters.None,
        };
        await database.WriteAsync(conversation.Insert, cancellation);
        return TypedResults.Created($"/api/conversations/{conversation.Id}", new Response(conversation.Id));
    }
}
