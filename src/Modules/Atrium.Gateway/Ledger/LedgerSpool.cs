using System.Text;
using System.Text.Json;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Ledger;

/// <summary>
/// Rows the database did not take, in a file of the data folder until it does: one JSON line each. Nobody else may have the file open meanwhile,
/// so several processes on one folder take turns.
/// </summary>
internal sealed partial class LedgerSpool(HouseSettings house, Database database, ILogger<LedgerSpool> logger) : IDisposable
{
    private const int Piece = 200;

    private readonly SemaphoreSlim gate = new(1);

    private string FileName => house.DataFile("ledger-spool.jsonl");

    /// <summary>Returns when the row is on the disk.</summary>
    /// <exception cref="IOException">It could not be written, or another process has the file.</exception>
    public async Task AppendAsync(LedgerRow row)
    {
        // The line end before it keeps the row apart from one that was cut off by a crash.
        var line = Encoding.UTF8.GetBytes('\n' + JsonSerializer.Serialize(row, JsonDefaults.Options) + '\n');
        await gate.WaitAsync();
        try
        {
            await using var file = new FileStream(FileName, FileMode.Append, FileAccess.Write, FileShare.None, 1);
            await file.WriteAsync(line);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Moves every row into the database. When that fails the file stays as it is, and rows that were moved already are not counted twice.</summary>
    /// <exception cref="DatabaseUnavailableException">The database still takes none.</exception>
    public async Task ReplayAsync(CancellationToken cancellation)
    {
        if (!File.Exists(FileName))
            return;
        await gate.WaitAsync(cancellation);
        try
        {
            await using var file = new FileStream(FileName, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            var rows = await ReadAsync(file, cancellation);
            foreach (var piece in rows.Chunk(Piece))
                await database.WriteAsync(unit => Array.ForEach(piece, row => row.Store(unit)), cancellation);
            file.SetLength(0);
            file.Flush(flushToDisk: true);
            if (rows.Count > 0)
                LogReplayed(rows.Count);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(exception);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<List<LedgerRow>> ReadAsync(FileStream file, CancellationToken cancellation)
    {
        var rows = new List<LedgerRow>();
        using var reader = new StreamReader(file, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
                continue;
            try
            {
                rows.Add(JsonSerializer.Deserialize<LedgerRow>(line, JsonDefaults.Options)!);
            }
            catch (JsonException)
            {
                LogBroken(line);
            }
        }
        return rows;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} ledger rows went from the spool into the database")]
    private partial void LogReplayed(int count);

    [LoggerMessage(LogLevel.Critical, "A ledger row in the spool was cut off and cannot be read: {Line}")]
    private partial void LogBroken(string line);

    [LoggerMessage(LogLevel.Error, "The ledger's spool cannot be read now")]
    private partial void LogUnreadable(Exception exception);
}
