namespace Atrium.Edits.Tests;

/// <summary>Short ways to call the engine in tests.</summary>
internal static class Call
{
    public static EditResult Apply(string content, EditFormat format, string edit, string path = "src/app.js") =>
        EditApplier.Apply(Files(content, path), format, edit);

    public static EditResult Apply(string content, params EditOperation[] operations) =>
        EditApplier.Apply(Files(content, "src/app.js"), operations);

    public static EditResult Replace(string content, string old, string @new) =>
        Apply(content, new ReplaceText { Path = "src/app.js", Old = old, New = @new });

    public static EditResult ReplaceLines(string content, string old, string @new) =>
        Apply(content, new ReplaceText { Path = "src/app.js", Old = old, New = @new, WholeLines = true });

    public static string Content(this EditResult result)
    {
        result.Status.ShouldBe(EditStatus.Applied, EditProblems.ForModel(result.Problems));
        return result.Files.ShouldHaveSingleItem().Value.ShouldNotBeNull();
    }

    public static EditProblem Problem(this EditResult result)
    {
        result.Status.ShouldBe(EditStatus.Refused);
        result.Files.ShouldBeEmpty();
        return result.Problems[0];
    }

    public static Dictionary<string, string> Files(string content, string path) => new(StringComparer.Ordinal) { [path] = content };
}
