using System.ComponentModel.DataAnnotations;
using Atrium.Assistant.Answers;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Browser;

/// <summary>Takes what a person's own model has said since the last time. The same piece twice changes nothing.</summary>
internal static partial class PostChunks
{
    private const int MostParts = 16;
    private const int MostLetters = 65_536;

    public sealed record Part
    {
        [AllowedValues("text", "reasoning")]
        public required string Type { get; init; }

        [Range(0, AnswerListener.MostLetters)]
        public required int Offset { get; init; }

        [MaxLength(MostLetters)]
        public required string Text { get; init; }
    }

    public sealed record Request
    {
        [MaxLength(MostParts)]
        public required IReadOnlyList<Part> Parts { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/generations/{id:guid}/chunks", Handle)
            .WithName("PostChunks")
            .WithSummary("Takes pieces of an answer that the person's own browser makes")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Chunks);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller, Database database, RunningAnswers running, CancellationToken cancellation)
    {
        if (running.Find(id) is not { } answer)
            return await BrowserAnswers.IsKnownAsync(database, id, caller.PersonId, cancellation) ? Ended() : Problems.NotFound();
        if (answer.Order.PersonId != caller.PersonId || answer.Browser is not { } turn)
            return Problems.NotFound();
        var pieces = request.Parts.Select(part => new BrowserPiece(part.Type == "text" ? PieceKind.Text : PieceKind.Reasoning, part.Offset, part.Text)).ToList();
        return turn.Take(pieces) switch
        {
            BrowserPieceResult.Taken => TypedResults.NoContent(),
            BrowserPieceResult.Gap => Gap(turn),
            _ => Ended(),
        };
    }

    private static ProblemHttpResult Ended() => Problems.Conflict("generation-ended", "This answer is over. Stop the model.");

    private static ProblemHttpResult Gap(BrowserTurn turn)
    {
        var problem = Problems.Conflict("offset-mismatch", "Something before this piece is missing. Send it from the expected place on.");
        problem.ProblemDetails.Extensions["expected"] = new Dictionary<string, int> { ["text"] = turn.Text, ["reasoning"] = turn.Reasoning };
        return problem;
    }
}
