namespace Atrium.Ai;

/// <summary>Reads one JSON value from each line. Blank lines are skipped; the last line may lack its end.</summary>
internal sealed class NdjsonReader(Func<Memory<byte>, ValueTask<int>> read, Func<string, Exception> malformed, int cap = LineReader.DefaultCap) : IPieceReader
{
    private readonly LineReader _lines = new(read, malformed, cap);

    public ReadOnlyMemory<byte> Data { get; private set; }

    public bool IsUnclosed { get; private set; }

    public bool HasForeignLines => false;

    public async ValueTask<bool> ReadAsync()
    {
        while (true)
        {
            while (_lines.TryTake(out var line))
                if (Take(line))
                    return true;
            if (_lines.IsAtEnd)
                return IsUnclosed = Take(_lines.TakeRest());
            await _lines.FillAsync();
        }
    }

    public void Dispose() => _lines.Dispose();

    private bool Take(ReadOnlyMemory<byte> line)
    {
        Data = line.Trim(" \t"u8);
        return !Data.IsEmpty;
    }
}
