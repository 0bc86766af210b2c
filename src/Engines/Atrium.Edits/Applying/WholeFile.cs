using Atrium.Edits.Matching;
using Atrium.Edits.Text;

namespace Atrium.Edits.Applying;

/// <summary>The rules for an edit that brings a file's whole content.</summary>
internal static class WholeFile
{
    /// <summary>The wanted content without what only a chat or a tool layer can have put around the whole of it.</summary>
    public static string Unwrap(string path, string wanted, string? content)
    {
        if (string.IsNullOrWhiteSpace(content))
            return wanted;
        if (Unwrapping.FenceAround(wanted, path, content) is { } fenced)
            return fenced;
        return Unwrapping.NumbersBefore(wanted, content) ?? Unwrapping.EntitiesIn(wanted, content) ?? wanted;
    }

    public static EditProblem? Check(int index, string path, string wanted, bool overwrite, string? content)
    {
        if (content is not null && !overwrite && InStyleOf(content, wanted) != content && content.Length > 0)
            return ProblemText.FileExists(index, path);
        if (content?.Length > 0 && string.IsNullOrWhiteSpace(wanted))
            return ProblemText.EmptyContent(index, path);
        var source = new SourceText(content ?? "");
        return Placeholder.Find(LineBlock.Of(wanted), LineBlock.Of(""), source, path) is { } placeholder
            ? ProblemText.Placeholder(index, path, placeholder)
            : null;
    }

    /// <summary>The wanted content with the old file's line endings, byte order mark and final line feed.</summary>
    public static string InStyleOf(string content, string wanted)
    {
        if (content.Length == 0)
            return wanted;
        var source = new SourceText(content);
        var text = new SourceText(wanted).Text;
        if (text.Length > 0 && source.EndsWithNewline != text.EndsWith('\n'))
            text = source.EndsWithNewline ? text + "\n" : text[..^1];
        return source.Apply([.. LineEdits.Between(source, new Place(0, source.Text.Length, text, 0))]);
    }
}
