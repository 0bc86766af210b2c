using System.Text.Json;
using System.Threading.Channels;
using Atrium.Assistant.Attachments;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Imports;

/// <summary>A file that waits to be imported.</summary>
internal sealed record ImportJob(Guid Id, Guid OwnerId, FileStream File);

/// <summary>Imports one file at a time, so that memory is bounded whoever imports what, and writes down how far it is.</summary>
internal sealed partial class ImportRunner(Database database, AttachmentFiles files, HouseSettings settings, ImportFolder folder, TimeProvider clock, ILogger<ImportRunner> logger) : BackgroundService
{
    private const int MostWaiting = 64;

    /// <summary>What a ZIP may unpack to, in times of the largest file that is taken.</summary>
    private const long UnpackFactor = 4;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(500);
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    private readonly Channel<ImportJob> queue = Channel.CreateBounded<ImportJob>(MostWaiting);

    /// <returns>False when too many wait.</returns>
    public bool TryAdd(ImportJob job) => queue.Writer.TryWrite(job);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        folder.Empty();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var job in queue.Reader.ReadAllAsync(stoppingToken))
                await RunAsync(job, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            queue.Writer.TryComplete();
            while (queue.Reader.TryRead(out var job))
                await RunAsync(job, stoppingToken);
        }
    }

    private async Task RunAsync(ImportJob job, CancellationToken stopping)
    {
        await using var file = job.File;
        var writer = new ImportWriter(database, files, clock, job.OwnerId);
        var source = new ImportSource(file, settings.MaximumImport * UnpackFactor);
        try
        {
            await ImportAsync(job, source, writer, stopping);
            await SaveAsync(job, ImportStatus.Finished, source, writer.Report, null);
            LogFinished(job.Id, writer.Report.Conversations, writer.Report.Messages, writer.Report.ProblemCount);
        }
        catch (ImportRefusedException exception)
        {
            await writer.FlushAsync(CancellationToken.None);
            await SaveAsync(job, ImportStatus.Failed, source, writer.Report, new ImportError(exception.Code, exception.Message));
        }
        catch (OperationCanceledException)
        {
            await SaveAsync(job, ImportStatus.Interrupted, source, writer.Report, null);
        }
        catch (Exception exception)
        {
            LogFailure(exception, job.Id);
            await FailAsync(job, source, writer.Report, exception);
        }
    }

    private async Task ImportAsync(ImportJob job, ImportSource source, ImportWriter writer, CancellationToken cancellation)
    {
        var saved = clock.GetTimestamp();
        var place = 0;
        await foreach (var slice in source.ElementsAsync(cancellation))
        {
            place++;
            if (Read(slice, place, writer) is { } conversation)
                await writer.AddAsync(conversation, cancellation);
            if (clock.GetElapsedTime(saved) < ProgressInterval)
                continue;
            saved = clock.GetTimestamp();
            await SaveAsync(job, ImportStatus.Running, source, writer.Report, null);
        }
        await writer.FlushAsync(cancellation);
    }

    /// <summary>One conversation that cannot be read is told, and costs the others nothing.</summary>
    private static ImportedConversation? Read(JsonSlice slice, int place, ImportWriter writer)
    {
        var name = $"Conversation {place}";
        if (slice.Bytes is not { } bytes)
        {
            writer.Note(name, $"It is larger than {JsonElements.DefaultMost / 1024 / 1024} MB.");
            return null;
        }
        try
        {
            var json = System.Runtime.InteropServices.MemoryMarshal.AsMemory(bytes.WrittenMemory);
            JsonRepair.Mend(json.Span);
            using var document = JsonDocument.Parse(json, Reading);
            name = document.RootElement.Text("title") is { Length: > 0 } title ? title : name;
            return Read(document.RootElement, name, writer);
        }
        catch (JsonException)
        {
            writer.Note(name, "It is not whole JSON, or nested too deeply.");
            return null;
        }
    }

    private static ImportedConversation? Read(JsonElement root, string name, ImportWriter writer)
    {
        void Problem(string why) => writer.Note(name, why);
        if (OwnConversation.IsOne(root))
            return OwnConversation.Read(root, Problem);
        if (!ChatGptConversation.IsOne(root))
        {
            Problem("It is neither a conversation of ChatGPT nor of a house like this.");
            return null;
        }
        var conversation = ChatGptConversation.Read(root, Problem);
        if (conversation.Messages.Count > 0)
            return conversation;
        Problem("It has no messages.");
        return null;
    }

    private async Task FailAsync(ImportJob job, ImportSource source, ImportReport report, Exception exception)
    {
        try
        {
            var error = exception is StorageFullException
                ? new ImportError("storage-full", "The disk is full. What was imported is kept; make room and import again, nothing is doubled.")
                : new ImportError("internal-error", "Something went wrong inside. What was imported is kept; importing again doubles nothing.");
            await SaveAsync(job, ImportStatus.Failed, source, report, error);
        }
        catch (Exception second)
        {
            // The next start marks it.
            LogFailure(second, job.Id);
        }
    }

    private Task SaveAsync(ImportJob job, string status, ImportSource source, ImportReport report, ImportError? error) =>
        database.ExecuteAsync(
            "UPDATE assistant_imports SET status = @status, bytes_read = @Read, bytes_total = @Total, report = @Report, error = @Error, finished_at = @FinishedAt WHERE id = @Id",
            new
            {
                status,
                source.Read,
                source.Total,
                Report = StoredJson.Write(report),
                Error = StoredJson.Write(error),
                FinishedAt = status is ImportStatus.Running ? (DateTimeOffset?)null : clock.GetUtcNow(),
                job.Id,
            },
            CancellationToken.None);

    [LoggerMessage(LogLevel.Information, "Import {Import} took in {Conversations} conversations and {Messages} messages with {Problems} problems")]
    private partial void LogFinished(Guid import, int conversations, int messages, int problems);

    [LoggerMessage(LogLevel.Error, "Import {Import} failed")]
    private partial void LogFailure(Exception exception, Guid import);
}
