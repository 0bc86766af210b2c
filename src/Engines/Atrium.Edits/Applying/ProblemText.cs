using Atrium.Edits.Matching;
using Atrium.Edits.Text;

namespace Atrium.Edits.Applying;

/// <summary>Words for what went wrong: one text from which a model can correct itself, one sentence for a person.</summary>
internal static class ProblemText
{
    private const int MostLinesNamed = 12;
    private const string NothingChanged = "Nothing was changed: all operations of a call are applied together or not at all. Send the whole call again with this corrected.";

    public static EditProblem For(PlannedOperation planned, string path, SourceText source, Resolution resolution)
    {
        var old = OldTextOf(planned.Operation);
        return resolution.Problem switch
        {
            EditProblemCode.Ambiguous => Ambiguous(planned.Index, path, resolution.Lines),
            EditProblemCode.Placeholder => Placeholder(planned.Index, path, resolution.Detail!),
            EditProblemCode.WrongCount => WrongCount(planned.Index, path, resolution),
            EditProblemCode.EmptySearch => EmptySearch(planned.Index, path),
            EditProblemCode.TooLarge => TooLarge($"the text to find of operation {planned.Index + 1} is too long. Give a shorter one that is there only once."),
            _ when old is null => NoSuchLine(planned.Index, path, source, resolution.Detail),
            _ when resolution.Detail is { } scope => WrongScope(planned.Index, path, scope, resolution.Lines),
            _ => NotFound(planned.Index, path, source, LineBlock.Of(old)),
        };
    }

    public static EditProblem Stale(int index, string path) => Make(
        EditProblemCode.Stale, index, path, [],
        ["the file has changed since the content that this edit was made for.", "Read the file again and make the edit for its present content."],
        $"{path} has changed since the assistant read it, so its edit was not applied.");

    public static EditProblem Overlap(int index, string path, int other, EquatableList<int> lines) => Make(
        EditProblemCode.Overlap, index, path, [.. lines.Distinct()],
        lines.Count == 0
            ? [$"it does not go together with operation {other + 1}: one of them is about the whole file.", "Send only one of the two."]
            : [$"it changes the same place as operation {other + 1}{At([.. lines.Distinct()])}.", "Merge the two into one operation."],
        $"Two of the assistant's edits change the same place in {path}, so none was applied.");

    public static EditProblem UnknownFile(int index, EditOperation operation, IEnumerable<string> files)
    {
        var known = files.Order(StringComparer.Ordinal).Take(MostLinesNamed).ToList();
        var end = "/" + PathRules.Clean(operation.Path);
        var named = string.IsNullOrWhiteSpace(operation.Path) ? "it names no file."
            : files.Count(file => file.EndsWith(end, StringComparison.Ordinal)) > 1 ? $"{Quote(operation.Path)} could be any of several files."
            : $"there is no file {Quote(operation.Path)}.";
        string[] list = known.Count == 0
            ? ["The call has no files; only creating one is possible."]
            : [$"Files of this call: {string.Join(", ", known.Select(Quote))}{(files.Count() > known.Count ? " and more" : "")}.", "Name one of them with its full path."];
        return Make(EditProblemCode.UnknownFile, index, operation.Path, [], [named, .. list],
            $"The assistant's edit does not say clearly which file it is for, so it was not applied.");
    }

    public static EditProblem UnsafePath(int index, string path) => Make(
        EditProblemCode.UnsafePath, index, path, [],
        [$"the path {Quote(path)} is not allowed.", "Give a relative path with forward slashes that stays inside the folder and outside .git."],
        "The assistant wanted to write outside the allowed folder; that was refused.");

    public static EditProblem FileExists(int index, string path) => Make(
        EditProblemCode.FileExists, index, path, [],
        [$"{Quote(path)} exists already with another content.", "Edit the existing file, or choose another name."],
        $"The assistant wanted to create {path}, which exists already; nothing was overwritten.");

    public static EditProblem EmptyContent(int index, string path) => Make(
        EditProblemCode.Malformed, index, path, [],
        ["the new content of the file is empty.", "To remove the file, delete it by an operation of its own; to change it, send its whole new content."],
        $"The assistant's edit would have emptied {path}, so it was refused.");

    public static EditProblem Placeholder(int index, string path, string line) => Make(
        EditProblemCode.Placeholder, index, path, [],
        [$"the new text contains {Quote(Short(line))}, which stands for text that was left out.", "Write every line of the new text in full, or replace a smaller place."],
        $"The assistant's edit leaves out text (\"{Short(line)}\"), so it was not applied to {path}.");

    public static EditProblem NoOperations() => new()
    {
        Code = EditProblemCode.Malformed,
        ForModel = "No edit was found in the answer. Send at least one operation in the agreed format.",
        ForPerson = "The assistant's answer contains no edit.",
    };

    public static EditProblem TooLarge(string why) => new()
    {
        Code = EditProblemCode.TooLarge,
        ForModel = $"The edit was refused: {why}",
        ForPerson = "The edit is too large to be applied.",
    };

    public static EditProblem Malformed(int? operation, string? path, string what, string instead) => new()
    {
        Code = EditProblemCode.Malformed,
        Operation = operation,
        Path = path,
        ForModel = $"The edit could not be read: {what}\n{instead}\n{NothingChanged}",
        ForPerson = "The assistant's edit is incomplete or not in the agreed form, so nothing was applied.",
    };

    private static EditProblem Ambiguous(int index, string path, IReadOnlyList<int> lines)
    {
        var numbers = lines.Select(line => line + 1).ToArray();
        return Make(EditProblemCode.Ambiguous, index, path, [.. numbers],
            [$"the text to find is there {numbers.Length} times{At(numbers)}.", "Add lines above or below to the text to find, so that only the wanted place matches, or ask for all places to be replaced."],
            $"The assistant's edit fits {numbers.Length} places in {path}, so none was changed.");
    }

    private static EditProblem WrongCount(int index, string path, Resolution resolution)
    {
        var numbers = resolution.Lines.Select(line => line + 1).ToArray();
        return Make(EditProblemCode.WrongCount, index, path, [.. numbers],
            [$"the text to find is there {numbers.Length} times{At(numbers)}, but {resolution.Detail} were expected.", "Correct the expected number, or make the text to find more specific."],
            $"The assistant's edit expected {resolution.Detail} places in {path}, but there are {numbers.Length}; nothing was changed.");
    }

    private static EditProblem EmptySearch(int index, string path) => Make(
        EditProblemCode.EmptySearch, index, path, [],
        ["the text to find is empty or blank, and the file is not empty.", "Give the text beside which the change belongs, character for character."],
        $"The assistant's edit does not say where in {path} it belongs, so it was not applied.");

    private static EditProblem NoSuchLine(int index, string path, SourceText source, string? line) => Make(
        EditProblemCode.NotFound, index, path, [],
        [$"there is no {line}; the file has {source.LineCount} lines.", "Give a line number from 0 (top of the file) to the number of lines."],
        $"The assistant's edit names a line that {path} does not have, so it was not applied.");

    private static EditProblem WrongScope(int index, string path, string scope, IReadOnlyList<int> lines)
    {
        var numbers = lines.Select(line => line + 1).ToArray();
        return Make(EditProblemCode.NotFound, index, path, [.. numbers],
            [$"the text to find is not inside {Quote(Short(scope))}, only elsewhere{At(numbers)}.", "Correct the @@ line, or leave it out when the text to find is there only once."],
            $"The assistant's edit names a section of {path} that does not contain the text to change, so it was not applied.");
    }

    private static EditProblem NotFound(int index, string path, SourceText source, LineBlock search)
    {
        var person = $"The text that the assistant wanted to change is not in {path}, so nothing was changed.";
        if (NearestText.Find(source, search) is not { } nearest)
        {
            return Make(EditProblemCode.NotFound, index, path, [],
                [$"the text to find is not in the file ({source.LineCount} lines), nor anything like it.", "Read the file again and copy the text to find from it, character for character."], person);
        }

        var shown = Difference.Show(source, search, nearest, out var last);
        return Make(EditProblemCode.NotFound, index, path, [nearest + 1],
            [$"the text to find is not in the file. {(last > nearest ? $"Nearest are lines {nearest + 1} to {last + 1}" : $"Nearest is line {last + 1}")}:", .. shown,
             "Send the text to find exactly as the lines marked \"file\" have it (without the numbers), or read the file again."], person);
    }

    private static EditProblem Make(EditProblemCode code, int index, string? path, EquatableList<int> lines, IReadOnlyList<string> model, string person)
    {
        var file = string.IsNullOrEmpty(path) ? "" : $" ({path})";
        return new EditProblem
        {
            Code = code,
            Operation = index,
            Path = path,
            Lines = lines,
            ForModel = $"Operation {index + 1}{file} was refused: {string.Join('\n', model)}\n{NothingChanged}",
            ForPerson = person,
        };
    }

    private static string? OldTextOf(EditOperation operation) => operation switch
    {
        ReplaceText replace => replace.Old,
        DeleteText delete => delete.Old,
        InsertText insert => insert.Anchor,
        _ => null,
    };

    private static string At(IReadOnlyList<int> lines)
    {
        if (lines.Count == 0)
            return "";
        var more = lines.Count > MostLinesNamed ? " and more" : "";
        return $", at line{(lines.Count > 1 ? "s" : "")} {string.Join(", ", lines.Take(MostLinesNamed))}{more}";
    }

    private static string Quote(string text) => "\"" + Short(text) + "\"";

    private static string Short(string text)
    {
        var clean = new string([.. text.Where(character => !char.IsControl(character))]);
        return clean.Length > 120 ? clean[..120] + "…" : clean;
    }
}
