using System.IO.Pipelines;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Answers;

/// <summary>
/// The running answer of a conversation as server-sent events, written straight into the response. Resumes by Last-Event-ID; ends after the
/// last event, so that no connection stays open for nothing.
/// </summary>
internal static partial class StreamAnswer
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>How long a reader may take nothing at all. Kestrel's own lower limit counts what it took before in its favour, for hours.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/conversations/{id:guid}/stream", Handle)
            .WithName("StreamAnswer")
            .WithSummary("Streams the running answer as server-sent events: delta, reasoning, tool, usage, snapshot, done, error, restarting")
            .WithTags(AssistantModule.Name)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<EmptyHttpResult, NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, HttpContext context, Database database, RunningAnswers running, TimeProvider clock)
    {
        var isOwn = await database.ScalarAsync<long>(
            "SELECT COUNT(*) FROM assistant_conversations WHERE id = @id AND owner_id = @PersonId AND deleted_at IS NULL",
            new { id, caller.PersonId },
            context.RequestAborted) > 0;
        if (!isOwn)
            return Problems.NotFound();
        if (running.FindByConversation(id) is not { } answer)
            return TypedResults.NoContent();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync(context, answer, clock);
        return TypedResults.Empty;
    }

    private static async Task WriteAsync(HttpContext context, RunningAnswer answer, TimeProvider clock)
    {
        var reader = answer.Open(context.Request.Headers["Last-Event-ID"]);
        try
        {
            await using var aborted = context.RequestAborted.Register(reader.Close);
            await using var heartbeat = clock.CreateTimer(_ => reader.Beat(), null, HeartbeatInterval, HeartbeatInterval);
            await context.Response.StartAsync(context.RequestAborted);
            await PumpAsync(context, answer, reader, clock);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader went away; the answer goes on.
        }
        finally
        {
            answer.Close(reader);
        }
    }

    /// <summary>Flushing waits until the connection takes more, and only then is more read: a slow reader never has more in memory than one piece.</summary>
    private static async Task PumpAsync(HttpContext context, RunningAnswer answer, AnswerReader reader, TimeProvider clock)
    {
        var output = context.Response.BodyWriter;
        while (true)
        {
            var result = answer.Read(reader, output);
            if (result == ReadResult.Wait && !reader.TakeBeat())
            {
                if (!await reader.WaitAsync())
                    return;
                continue;
            }
            if (result == ReadResult.Wait)
                System.Buffers.BuffersExtensions.Write(output, StreamFrames.Heartbeat);
            if (!await FlushAsync(context, output, clock) || result == ReadResult.End)
                return;
        }
    }

    /// <returns>False when the reader is gone, or is given up.</returns>
    private static async ValueTask<bool> FlushAsync(HttpContext context, PipeWriter output, TimeProvider clock)
    {
        var flush = output.FlushAsync(context.RequestAborted);
        if (flush.IsCompleted)
            return !(await flush).IsCompleted;
        try
        {
            return !(await flush.AsTask().WaitAsync(Patience, clock)).IsCompleted;
        }
        catch (TimeoutException)
        {
            context.Abort();
            return false;
        }
    }
}
