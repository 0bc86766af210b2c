using Atrium.Assistant.Answers;
using Atrium.Assistant.Conversations;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Context;

/// <summary>How much of what its model can read a conversation fills, so that a person is warned before something is left out.</summary>
internal static partial class ShowContext
{
    /// <summary>Asking a provider for its models may take long; then the limit is unknown for now.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="Tokens">Estimate for the branch that is shown.</param>
    /// <param name="Limit">What the model of the conversation reads; null when nobody knows.</param>
    /// <param name="IsOver">The next answer will not read everything, or none is made, as the mode says.</param>
    /// <param name="Summary">What stands for the older part of the branch; null when nothing was summed up.</param>
    public sealed record Response(long Tokens, int? Limit, string Mode, bool IsOver, string? Summary);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/conversations/{id:guid}/context", Handle)
            .WithName("ShowContext")
            .WithSummary("Reads how much of its model's context a conversation fills, and what stands for its older part")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, Caller caller, Database database, BranchReader branches, IChatGateway gateway, TimeProvider clock, CancellationToken cancellation)
    {
        if (await Conversation.FindAsync(database, id, caller.PersonId, cancellation) is not { } conversation)
            return Problems.NotFound();
        var limit = await FindLimitAsync(gateway, caller.PersonId, conversation, clock, cancellation);
        var summary = conversation.ContextMode == ContextMode.Compact ? await branches.FindSummaryAsync(id, conversation.LeafId, cancellation) : null;
        var room = limit is { } known ? PromptBuilder.RoomOf(known, conversation.Parameters.MaxOutputTokens) : long.MaxValue;
        return TypedResults.Ok(new Response(conversation.ContextTokens, limit, conversation.ContextMode, conversation.ContextTokens > room, summary?.Text));
    }

    private static async Task<int?> FindLimitAsync(IChatGateway gateway, Guid personId, Conversation conversation, TimeProvider clock, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var call = new ChatCall { PersonId = personId, Module = AssistantModule.Name, Feature = "answer", Model = conversation.Model, Persona = conversation.Persona, Messages = [] };
        try
        {
            return await gateway.FindContextLimitAsync(call, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
