namespace Atrium.Edits;

/// <summary>
/// Applies the operations of one call to contents in memory: all of them or none. Nothing is written anywhere;
/// the result holds the new contents or what is wrong.
/// </summary>
public static class EditApplier
{
    /// <summary>Applies operations that all refer to <paramref name="files"/> as they are; their order does not matter.</summary>
    /// <param name="files">Current contents by path, relative and with forward slashes.</param>
    /// <param name="operations">What to do.</param>
    /// <param name="limits">Bounds; <see cref="EditLimits.Default"/> when null.</param>
    /// <returns>New contents, or the problems of every operation that has one.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static EditResult Apply(IReadOnlyDictionary<string, string> files, IReadOnlyList<EditOperation> operations, EditLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(operations);
        return new Applying.EditCall(files, operations, limits ?? EditLimits.Default).Run();
    }

    /// <summary>Reads a model's answer and applies it. An answer that is cut off or malformed in any part is refused as a whole.</summary>
    /// <param name="files">Current contents by path.</param>
    /// <param name="format">The format of the answer, or <see cref="EditFormat.Auto"/>.</param>
    /// <param name="answer">The answer, with whatever prose stands around the edits.</param>
    /// <param name="limits">Bounds; <see cref="EditLimits.Default"/> when null.</param>
    /// <returns>New contents, or what is wrong.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static EditResult Apply(IReadOnlyDictionary<string, string> files, EditFormat format, string answer, EditLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(answer);
        limits ??= EditLimits.Default;
        if (answer.Length > limits.EditLength)
            return Refused(Applying.ProblemText.TooLarge($"the answer has {answer.Length} characters, and at most {limits.EditLength} are allowed. Send smaller edits."));
        var parsed = EditReader.Read(format, answer, [.. files.Keys]);
        return parsed.Problems.Count > 0
            ? new EditResult { Status = EditStatus.Refused, Problems = parsed.Problems }
            : Apply(files, parsed.Operations, limits);
    }

    private static EditResult Refused(EditProblem problem) => new() { Status = EditStatus.Refused, Problems = [problem] };
}
