using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Atrium.Platform.Data;

/// <summary>
/// The one writer of a SQLite file. Units that wait together are committed together: one transaction, one fsync, each unit in a
/// savepoint of its own so that one that fails is rolled back alone. Checkpoints run passively on a second thread.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int QueueLength = 10_000;
    private const int GroupLimit = 256;
    private const int CheckpointEveryCommits = 200;

    private readonly SqliteConnection connection;
    private readonly SqliteConnection checkpointConnection;
    private readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly SemaphoreSlim checkpointDue = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread writerThread;
    private readonly Thread checkpointThread;

    public SqliteWriter(SqliteConnection connection, Func<SqliteConnection> open)
    {
        this.connection = connection;
        checkpointConnection = open();
        writerThread = new Thread(Run) { IsBackground = true, Name = "sqlite writer" };
        checkpointThread = new Thread(Checkpoint) { IsBackground = true, Name = "sqlite checkpoint" };
        writerThread.Start();
        checkpointThread.Start();
    }

    public async Task<T> WriteAsync<T>(Func<WriteUnit, T> unit, CancellationToken cancellation)
    {
        var pending = new Pending<T>(unit);
        try
        {
            await queue.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException exception)
        {
            throw new DatabaseUnavailableException("The server is stopping.", exception);
        }
        return await pending.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.Run(writerThread.Join);
        await stopping.CancelAsync();
        await Task.Run(checkpointThread.Join);
        SqliteEngine.Execute(checkpointConnection, "PRAGMA wal_checkpoint(TRUNCATE)");
        await checkpointConnection.DisposeAsync();
        await connection.DisposeAsync();
        stopping.Dispose();
        checkpointDue.Dispose();
    }

    private void Run()
    {
        var group = new List<Pending>(GroupLimit);
        var commits = 0;
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < GroupLimit && queue.Reader.TryRead(out var pending))
                group.Add(pending);
            CommitTogether(group);
            if (++commits % CheckpointEveryCommits == 0)
                checkpointDue.Release();
        }
    }

    private void CommitTogether(List<Pending> group)
    {
        try
        {
            // Not BeginTransaction: its disposal would fail, and hide the cause, when SQLite has rolled back by itself.
            SqliteEngine.Execute(connection, "BEGIN IMMEDIATE");
            var unit = new WriteUnit(connection, transaction: null, SqlDialect.Sqlite);
            foreach (var pending in group)
            {
                RunInSavepoint(pending, unit);
                // A full disk or an I/O error makes SQLite roll the whole transaction back, and the units before this one with it.
                if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
                    throw pending.Failure!;
            }
            SqliteEngine.Execute(connection, "COMMIT");
        }
        catch (Exception exception)
        {
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                SqliteEngine.Execute(connection, "ROLLBACK");
            foreach (var pending in group)
                pending.Fail(exception);
            return;
        }
        foreach (var pending in group)
            pending.Complete();
    }

    private void RunInSavepoint(Pending pending, WriteUnit unit)
    {
        SqliteEngine.Execute(connection, "SAVEPOINT unit");
        pending.Run(unit);
        if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
            return;
        SqliteEngine.Execute(connection, pending.Failure is null ? "RELEASE unit" : "ROLLBACK TO unit; RELEASE unit");
    }

    private void Checkpoint()
    {
        try
        {
            while (true)
            {
                checkpointDue.Wait(stopping.Token);
                SqliteEngine.Execute(checkpointConnection, "PRAGMA wal_checkpoint(PASSIVE)");
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (SqliteException)
        {
            // A checkpoint that cannot run now (disk full, file busy) leaves the log as it is; the next one tries again.
            if (!stopping.IsCancellationRequested)
                Checkpoint();
        }
    }

    private abstract class Pending
    {
        public Exception? Failure { get; protected set; }

        public abstract void Run(WriteUnit unit);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Pending<T>(Func<WriteUnit, T> unit) : Pending
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Task => completion.Task;

        public override void Run(WriteUnit writeUnit)
        {
            try
            {
                result = UnitScope.Run(() => unit(writeUnit));
            }
            catch (Exception exception)
            {
                Failure = exception;
            }
        }

        public override void Complete()
        {
            if (Failure is null)
                completion.SetResult(result!);
            else
                completion.SetException(Failure);
        }

        public override void Fail(Exception exception) => completion.TrySetException(Failure ?? exception);
    }
}
