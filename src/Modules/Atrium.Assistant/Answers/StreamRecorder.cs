using Atrium.Assistant.Instances;
using Atrium.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Answers;

/// <summary>
/// Every 200 ms (earlier for 8 KiB) writes what running answers have said as rows of the streams database, all of them in one unit, and drops the
/// rows of answers that are finished. When the server stops it ends every answer and waits until each is stored.
/// </summary>
internal sealed partial class StreamRecorder(
    RunningAnswers running,
    InstanceLeases instances,
    [FromKeyedServices(Databases.StreamsName)] Database streams,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<StreamRecorder> logger) : BackgroundService
{
    /// <summary>A little under the 250 ms that a crash may cost, so that writing them down is within.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>The rest of the time until supervisors kill is for connections and databases to close.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly string instance = instances.Own.ToString();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        RestartAll();
        try
        {
            await Task.WhenAll(running.All.Select(answer => answer.Completion)).WaitAsync(EndTimeout, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogUnfinished(running.All.Count);
        }
        await base.StopAsync(cancellationToken);
        await RecordAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stopping = lifetime.ApplicationStopping.Register(RestartAll);
        await using var timer = clock.CreateTimer(_ => running.RecordSoon(), null, Interval, Interval);
        while (!stoppingToken.IsCancellationRequested)
        {
            await running.RecordBell.ReadAsync(stoppingToken);
            await RecordAsync();
        }
    }

    private void RestartAll()
    {
        foreach (var answer in running.All)
            answer.Restart();
    }

    private async Task RecordAsync()
    {
        var finished = running.TakeFinished();
        var work = running.All.Select(answer => (Answer: answer, Pieces: answer.Unrecorded())).Where(item => item.Pieces.Count > 0).ToList();
        if (work.Count == 0 && finished.Count == 0)
            return;
        try
        {
            await streams.WriteAsync(unit => Write(unit, work, finished), CancellationToken.None);
            foreach (var (answer, pieces) in work)
                answer.MarkRecorded(pieces[^1].To);
        }
        catch (Exception exception)
        {
            // The next round takes the same pieces again.
            running.PutBack(finished);
            LogUnrecorded(exception);
        }
    }

    private void Write(WriteUnit unit, List<(RunningAnswer Answer, IReadOnlyList<Piece> Pieces)> work, IReadOnlyList<Guid> finished)
    {
        foreach (var (answer, pieces) in work)
        {
            var order = answer.Order;
            if (pieces[0].From == 0)
            {
                unit.Execute(
                    "INSERT INTO assistant_generations (id, conversation_id, message_id, instance, started_at) VALUES (@GenerationId, @ConversationId, @MessageId, @Instance, @StartedAt) ON CONFLICT (id) DO NOTHING",
                    new { order.GenerationId, order.ConversationId, MessageId = order.Answer.Id, Instance = instance, order.StartedAt });
            }
            foreach (var piece in pieces)
            {
                unit.Execute(
                    "INSERT INTO assistant_stream_pieces (generation_id, from_position, kind, text) VALUES (@GenerationId, @From, @Kind, @Text) ON CONFLICT (generation_id, from_position) DO NOTHING",
                    new { order.GenerationId, piece.From, Kind = piece.Kind.ToString(), piece.Text });
            }
        }
        foreach (var id in finished)
            StreamRows.Delete(unit, id);
    }

    [LoggerMessage(LogLevel.Error, "Running answers could not be recorded")]
    private partial void LogUnrecorded(Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Count} answers were not stored in time; they will be marked interrupted at the next start")]
    private partial void LogUnfinished(int count);
}

internal static class StreamRows
{
    public static void Delete(WriteUnit unit, Guid generationId)
    {
        unit.Execute("DELETE FROM assistant_stream_pieces WHERE generation_id = @generationId", new { generationId });
        unit.Execute("DELETE FROM assistant_generations WHERE id = @generationId", new { generationId });
    }
}
