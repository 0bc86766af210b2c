using Atrium.Edits.Parsing;

namespace Atrium.Edits;

/// <summary>Reads a model's answer in one go.</summary>
public static class EditReader
{
    /// <summary>Reads all operations of an answer.</summary>
    /// <param name="format">The format, or <see cref="EditFormat.Auto"/> to recognise it.</param>
    /// <param name="answer">The answer, with whatever prose stands around the edits.</param>
    /// <param name="files">Paths of the files that the answer may be about; they help to recognise names.</param>
    /// <returns>The operations, and what could not be read.</returns>
    public static EditReading Read(EditFormat format, string answer, IReadOnlyCollection<string> files)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var stream = new EditStream(format, files);
        stream.Append(answer);
        return stream.Complete();
    }
}
