using System.Threading.Channels;
using Atrium.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Ledger;

/// <summary>Adds rows to the ledger. Rows that come while others are being written are written together after them.</summary>
internal sealed partial class LedgerBook(Database database, LedgerSpool spool, TimeProvider clock, ILogger<LedgerBook> logger) : IHostedService, IDisposable
{
    private const int MostTogether = 250;
    private const int MostWaiting = 20_000;
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long the first row waits for others, for one commit costs as much as many rows.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(4);

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private Task writing = Task.CompletedTask;
    private readonly CancellationTokenSource stopping = new();
    private volatile Task newest = Task.CompletedTask;

    private sealed record Waiting(LedgerRow Row, TaskCompletionSource Durable);

    /// <summary>
    /// The returned task ends when the row is durable: in the database, or in the spool while the database takes none. It is not cancelled: the
    /// money is spent. While neither takes it, it tries again; at the end the row goes to the log instead of ending the answer.
    /// </summary>
    public async Task AddAsync(LedgerEntry entry)
    {
        var waiting = new Waiting(LedgerRow.Of(entry, clock.GetUtcNow()), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        newest = waiting.Durable.Task;
        if (!queue.Writer.TryWrite(waiting))
            await WriteOrKeepAsync(waiting);
        await waiting.Durable.Task;
    }

    /// <summary>Until what was added by now can be read: whoever looks at costs after a call finds it among them.</summary>
    public Task WrittenAsync(CancellationToken cancellation) => newest.WaitAsync(cancellation);

    /// <summary>True while so many rows wait that whoever adds one should wait for it.</summary>
    public bool IsBehind => queue.Reader.Count > MostWaiting / 2;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        writing = Task.Run(WriteAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes what waits. Rows that come later are written one by one.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        stopping.Cancel();
        queue.Writer.TryComplete();
        return writing.WaitAsync(cancellationToken);
    }

    public void Dispose() => stopping.Dispose();

    /// <summary>The queue is full, or the server stops.</summary>
    private async Task WriteOrKeepAsync(Waiting waiting)
    {
        try
        {
            await queue.Writer.WriteAsync(waiting);
        }
        catch (ChannelClosedException)
        {
            await WriteAloneAsync(waiting);
        }
    }

    private async Task WriteAllAsync()
    {
        var together = new List<Waiting>(MostTogether);
        while (await queue.Reader.WaitToReadAsync())
        {
            // By the machine's own clock: this is no time anybody sees.
            if (!stopping.IsCancellationRequested)
                await Task.Delay(Gathering, TimeProvider.System);
            together.Clear();
            while (together.Count < MostTogether && queue.Reader.TryRead(out var waiting))
                together.Add(waiting);
            await WriteTogetherAsync(together);
        }
    }

    private async Task WriteTogetherAsync(List<Waiting> together)
    {
        LedgerRow[] batch = [.. together.Select(waiting => waiting.Row)];
        try
        {
            await database.WriteAsync(unit => LedgerRow.StoreNew(unit, batch), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogApart(exception, batch.Length);
            // One that is refused must not hold the others up.
            foreach (var waiting in together)
                _ = WriteAloneAsync(waiting);
            return;
        }
        foreach (var waiting in together)
            Finish(waiting);
    }

    private async Task WriteAloneAsync(Waiting waiting)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync(waiting.Row.Store, CancellationToken.None);
                Finish(waiting);
                return;
            }
            catch (Exception exception)
            {
                if (await TrySpoolAsync(waiting.Row, exception))
                    break;
                if (attempt == Attempts)
                {
                    LogLost(exception, waiting.Row);
                    break;
                }
            }
            await Task.Delay(Pause, clock);
        }
        waiting.Durable.TrySetResult();
    }

    private void Finish(Waiting waiting)
    {
        var row = waiting.Row;
        LogBilled(row.Module, row.Feature, row.Provider, row.Model, row.PersonId, row.Cost?.Dollars);
        waiting.Durable.TrySetResult();
    }

    private async Task<bool> TrySpoolAsync(LedgerRow row, Exception reason)
    {
        try
        {
            await spool.AppendAsync(row);
            LogSpooled(reason, row.Id);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Module} {Feature}: {Provider} {Model} for {PersonId} cost {Cost:0.0000}")]
    private partial void LogBilled(string module, string feature, string provider, string model, Guid personId, decimal? cost);

    [LoggerMessage(LogLevel.Warning, "{Count} ledger rows could not be written together; each is tried alone")]
    private partial void LogApart(Exception exception, int count);

    [LoggerMessage(LogLevel.Error, "The database did not take ledger row {Id}; it waits in the spool")]
    private partial void LogSpooled(Exception exception, Guid id);

    [LoggerMessage(LogLevel.Critical, "A ledger row could not be written anywhere: {Row}")]
    private partial void LogLost(Exception exception, LedgerRow row);
}
