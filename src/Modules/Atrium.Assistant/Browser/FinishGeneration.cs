using System.ComponentModel.DataAnnotations;
using Atrium.Assistant.Answers;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Browser;

/// <summary>Ends an answer that the person's own browser made. Ending it twice changes nothing.</summary>
internal static partial class FinishGeneration
{
    private const int MostTokens = 100_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public sealed record TokenCounts
    {
        [Range(0, MostTokens)]
        public long InputTokens { get; init; }

        [Range(0, MostTokens)]
        public long OutputTokens { get; init; }
    }

    public sealed record Failure
    {
        [MaxLength(64)]
        public required string Code { get; init; }
    }

    public sealed record Request
    {
        [AllowedValues(MessageStatus.Complete, MessageStatus.Interrupted, MessageStatus.Failed)]
        public required string Status { get; init; }

        [AllowedValues("stop", "length", null)]
        public string? StopReason { get; init; }

        public TokenCounts? Usage { get; init; }

        public Failure? Error { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/generations/{id:guid}/finish", Handle)
            .WithName("FinishGeneration")
            .WithSummary("Ends an answer that the person's own browser makes")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Chunks);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller, Database database, RunningAnswers running, CancellationToken cancellation)
    {
        if (running.Find(id) is not { } answer)
            return await BrowserAnswers.IsKnownAsync(database, id, caller.PersonId, cancellation) ? TypedResults.NoContent() : Problems.NotFound();
        if (answer.Order.PersonId != caller.PersonId || answer.Browser is not { } turn)
            return Problems.NotFound();
        var usage = request.Usage is { } counts ? new MessageUsage(counts.InputTokens, 0, counts.OutputTokens, 0, Estimated: false) : null;
        // A failure after its first words is an answer that was cut off.
        var status = request.Status == MessageStatus.Failed && answer.HasText ? MessageStatus.Interrupted : request.Status;
        turn.End(status, request.StopReason, usage, request.Status == MessageStatus.Complete ? null : ErrorOf(request));
        try
        {
            // So that whoever asks next sees it stored.
            await answer.Completion.WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException)
        {
            return TypedResults.NoContent();
        }
        return TypedResults.NoContent();
    }

    private static MessageError? ErrorOf(Request request) => (request.Status, request.Error?.Code) switch
    {
        (_, "ollama-unreachable") => new("ollama-unreachable", "Ollama did not answer on this computer. Start it, then try again."),
        (_, "ollama-origin-refused") => new("ollama-origin-refused", "Ollama does not let this page in. Add its address to OLLAMA_ORIGINS and restart Ollama."),
        (_, "ollama-model-missing") => new("ollama-model-missing", "Ollama does not have this model. Pull it, or choose another."),
        (_, "cut-off") => new("cut-off", "The answer broke off. You can continue it."),
        (MessageStatus.Failed, _) => new("browser-failed", "The model on this computer gave no answer. Try again."),
        _ => null,
    };
}
