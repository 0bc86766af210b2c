using System.Text.Json;

namespace Atrium.Edits.Tests.Mutations;

/// <summary>One edit to try, and what must come of it: a content, or null when it must be refused.</summary>
internal sealed record MutationCase(string Path, string Before, EditFormat Format, string Edit, string? Expected)
{
    /// <summary>A second file of the call, with the same content.</summary>
    public string? OtherPath { get; init; }
}

/// <summary>A way to spoil an edit.</summary>
/// <param name="Name">P for "must be applied", H for "must be applied right or refused", N and X for "must be refused", with a number.</param>
/// <param name="What">What it does, for the table.</param>
/// <param name="Make">Makes a case; null where it does not fit the edit.</param>
internal sealed record Mutation(string Name, string What, Func<BaseEdit, Random, MutationCase?> Make)
{
    public bool MustApply => Name[0] is 'P' or 'H';
}

/// <summary>Writes an edit down in the formats that models use.</summary>
internal static class Write
{
    public static MutationCase Any(BaseEdit edit, Random random, string before, string[] old, string[] @new, string? expected) => random.Next(4) switch
    {
        0 => StrReplace(edit, before, Join(old), Join(@new), expected),
        1 => Diff(edit, before, old, @new, expected),
        2 => Patch(edit, before, old, @new, expected),
        _ => SearchReplace(edit, before, old, @new, expected),
    };

    /// <summary>The two formats that quote old and new text each for itself.</summary>
    public static MutationCase Quoting(BaseEdit edit, Random random, string before, string[] old, string[] @new, string? expected) => random.Next(2) == 0
        ? StrReplace(edit, before, Join(old), Join(@new), expected)
        : SearchReplace(edit, before, old, @new, expected);

    public static MutationCase StrReplace(BaseEdit edit, string before, string old, string @new, string? expected) =>
        new(edit.File.Path, before, EditFormat.StrReplace, JsonSerializer.Serialize(new { path = edit.File.Path, old_str = old, new_str = @new }), expected);

    public static MutationCase SearchReplace(BaseEdit edit, string before, string[] old, string[] @new, string? expected) =>
        new(edit.File.Path, before, EditFormat.SearchReplace, Block(edit.File.Path, old, @new), expected);

    public static string Block(string path, string[] old, string[] @new) =>
        $"{path}\n<<<<<<< SEARCH\n{Ended(old)}=======\n{Ended(@new)}>>>>>>> REPLACE\n";

    public static MutationCase Diff(BaseEdit edit, string before, string[] old, string[] @new, string? expected, string header = "@@ ... @@") =>
        new(edit.File.Path, before, EditFormat.UnifiedDiff, $"--- a/{edit.File.Path}\n+++ b/{edit.File.Path}\n{header}\n{Ended([.. Marked(old, @new)])}", expected);

    public static MutationCase Patch(BaseEdit edit, string before, string[] old, string[] @new, string? expected, string scope = "") =>
        new(edit.File.Path, before, EditFormat.V4A, $"*** Begin Patch\n*** Update File: {edit.File.Path}\n@@{scope}\n{Ended([.. Marked(old, @new)])}*** End Patch\n", expected);

    public static IEnumerable<string> Marked(string[] old, string[] @new)
    {
        var position = 0;
        foreach (var change in SequenceDiff.Compute(old, @new))
        {
            for (; position < change.OldStart; position++)
                yield return " " + old[position];
            for (; position < change.OldEnd; position++)
                yield return "-" + old[position];
            for (var line = change.NewStart; line < change.NewEnd; line++)
                yield return "+" + @new[line];
        }

        for (; position < old.Length; position++)
            yield return " " + old[position];
    }

    public static string Join(string[] lines) => string.Join('\n', lines);

    private static string Ended(string[] lines) => string.Concat(lines.Select(line => line + "\n"));
}
