using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Atrium.Assistant.Imports;

/// <summary>An uploaded file: a JSON document, or a ZIP with such documents in it. Names in a ZIP only choose what is read; nothing is ever written by them.</summary>
internal sealed partial class ImportSource(Stream file, long mostUnpacked)
{
    /// <summary>Bytes of the list of a ZIP's contents. A real export has a few thousand entries.</summary>
    private const long MostDirectory = 8 * 1024 * 1024;

    private long before;
    private Func<long> current = static () => 0;

    /// <summary>Unpacked bytes; an estimate until a ZIP was opened, which may lie.</summary>
    public long Total { get; private set; } = file.Length;

    public long Read => before + current();

    /// <summary>The conversations of all documents, one after another.</summary>
    /// <exception cref="ImportRefusedException">It is not an export.</exception>
    public async IAsyncEnumerable<JsonSlice> ElementsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        file.Position = 0;
        if (!await IsZipAsync(cancellation))
        {
            await foreach (var slice in ElementsAsync(file, cancellation))
                yield return slice;
            yield break;
        }
        var bounded = new BoundedStream(file, MostDirectory);
        await using var zip = await OpenAsync(bounded, cancellation);
        var documents = Documents(zip);
        Total = documents.Sum(entry => entry.Length);
        bounded.Most = long.MaxValue;
        foreach (var document in documents)
        {
            await using var stream = await OpenAsync(document, cancellation);
            await foreach (var slice in ElementsAsync(stream, cancellation))
                yield return slice;
        }
    }

    private async IAsyncEnumerable<JsonSlice> ElementsAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var bounded = new BoundedStream(stream, mostUnpacked - before);
        current = () => bounded.Taken;
        var elements = new JsonElements(bounded, JsonElements.DefaultMost).ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        await using (elements)
        {
            while (await MoveNextAsync(elements))
                yield return elements.Current;
        }
        current = static () => 0;
        before += bounded.Taken;
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<JsonSlice> elements)
    {
        try
        {
            return await elements.MoveNextAsync();
        }
        catch (InvalidDataException exception)
        {
            throw ImportRefusedException.Unreadable(exception);
        }
    }

    private async Task<bool> IsZipAsync(CancellationToken cancellation)
    {
        var mark = new byte[4];
        var length = await file.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return length == mark.Length && mark.AsSpan().SequenceEqual("PK\x03\x04"u8);
    }

    private static async Task<ZipArchive> OpenAsync(Stream stream, CancellationToken cancellation)
    {
        try
        {
            return await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellation);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw ImportRefusedException.Unreadable(exception);
        }
    }

    private static async Task<Stream> OpenAsync(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        try
        {
            return await entry.OpenAsync(cancellation);
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException)
        {
            throw ImportRefusedException.Unreadable(exception);
        }
    }

    private static List<ZipArchiveEntry> Documents(ZipArchive zip)
    {
        try
        {
            List<ZipArchiveEntry> documents = [.. zip.Entries.Where(entry => DocumentName().IsMatch(entry.Name)).OrderBy(entry => entry.FullName, StringComparer.Ordinal)];
            return documents.Count > 0 ? documents : throw ImportRefusedException.NotAnExport();
        }
        catch (InvalidDataException exception)
        {
            throw ImportRefusedException.Unreadable(exception);
        }
    }

    /// <summary>conversations.json; in newer exports conversations-000.json and so on; and what this house exports.</summary>
    [GeneratedRegex(@"^(?:atrium-)?conversations(?:-[0-9-]{1,12})?\.json$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DocumentName();
}
