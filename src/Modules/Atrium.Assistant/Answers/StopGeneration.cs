using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Answers;

/// <summary>Stops a running answer: the provider's socket is closed, what was said is kept. Stopping one that has ended changes nothing.</summary>
internal static partial class StopGeneration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/generations/{id:guid}/stop", Handle)
            .WithName("StopGeneration")
            .WithSummary("Stops a running answer and keeps what it said")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default).WorksWhileReadOnly();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, RunningAnswers running, CancellationToken cancellation)
    {
        if (running.Find(id) is { } answer && answer.Order.PersonId == caller.PersonId)
        {
            answer.Stop();
            try
            {
                // So that whoever asks next sees it stopped and stored.
                await answer.Completion.WaitAsync(Patience, cancellation);
            }
            catch (TimeoutException)
            {
                return TypedResults.NoContent();
            }
            return TypedResults.NoContent();
        }
        var known = await database.ScalarAsync<long>(
            "SELECT COUNT(*) FROM assistant_messages WHERE generation_id = @id AND owner_id = @PersonId", new { id, caller.PersonId }, cancellation);
        return known > 0 ? TypedResults.NoContent() : Problems.NotFound();
    }
}
