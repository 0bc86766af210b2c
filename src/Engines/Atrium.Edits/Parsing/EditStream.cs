using System.Text;
using Atrium.Edits.Parsing;

namespace Atrium.Edits;

/// <summary>
/// Reads a model's answer while it arrives. Operations are available as soon as they are complete; one that is cut off never is.
/// Not safe for use by several threads at once.
/// </summary>
public sealed class EditStream
{
    private readonly ReadingSink sink = new();
    private readonly FileNames names;
    private readonly StringBuilder undecided = new();
    private IOperationReader? reader;
    private int taken;
    private int nextLook;
    private bool isComplete;

    /// <summary>Starts an answer.</summary>
    /// <param name="format">The format, or <see cref="EditFormat.Auto"/> to recognise it by its first marks.</param>
    /// <param name="files">Paths of the files that the answer may be about.</param>
    public EditStream(EditFormat format, IReadOnlyCollection<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        names = new FileNames(files);
        reader = format == EditFormat.Auto ? null : ReaderFor(format, namedOnly: false);
    }

    /// <summary>Takes the next piece of the answer.</summary>
    /// <param name="text">Any number of characters.</param>
    /// <returns>The operations that became complete by it.</returns>
    /// <exception cref="InvalidOperationException">The answer was completed before.</exception>
    public IReadOnlyList<EditOperation> Append(ReadOnlySpan<char> text)
    {
        if (isComplete)
            throw new InvalidOperationException("The answer is complete.");
        if (reader is not null)
            reader.Read(text);
        else
            Decide(text);
        var fresh = sink.Operations[taken..];
        taken = sink.Operations.Count;
        return fresh;
    }

    /// <summary>Ends the answer.</summary>
    /// <returns>All operations, and what could not be read.</returns>
    public EditReading Complete()
    {
        if (!isComplete)
        {
            if (reader is null)
                Start(FormatDetector.Detect(undecided.ToString(), isWhole: true) ?? EditFormat.WholeFile, namedOnly: true);
            reader!.Complete();
        }

        isComplete = true;
        return new EditReading([.. sink.Operations], [.. sink.Problems]);
    }

    private void Decide(ReadOnlySpan<char> text)
    {
        undecided.Append(text);
        // Marks are lines, and each look starts over: so look when the text has grown by half, not at every piece.
        if (undecided.Length < nextLook)
            return;
        nextLook = undecided.Length + (undecided.Length / 2) + 1;
        if (FormatDetector.Detect(undecided.ToString(), isWhole: false) is { } format)
            Start(format, namedOnly: true);
    }

    private void Start(EditFormat format, bool namedOnly)
    {
        reader = ReaderFor(format, namedOnly);
        reader.Read(undecided.ToString());
        undecided.Clear();
    }

    private IOperationReader ReaderFor(EditFormat format, bool namedOnly) => format switch
    {
        EditFormat.SearchReplace => new SearchReplaceReader(sink, names),
        EditFormat.StrReplace => new JsonReader(sink),
        EditFormat.UnifiedDiff => new UnifiedDiffReader(sink, names),
        EditFormat.V4A => new V4AReader(sink),
        EditFormat.WholeFile => new WholeFileReader(sink, names, namedOnly),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };
}
