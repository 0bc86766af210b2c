using System.Buffers;
using System.Text.RegularExpressions;
using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>Finds lines that stand for code that was left out, such as <c>// ... rest of the code unchanged</c>.</summary>
internal static partial class Placeholder
{
    private const int LongestLine = 200;

    private static readonly SearchValues<char> CanStartOmission = SearchValues.Create("/#<-;%{\"'*(R[.…");

    /// <summary>The first placeholder of the new text that is neither in the old text nor in the file; null when there is none.</summary>
    public static string? Find(LineBlock replacement, LineBlock search, SourceText source, string path)
    {
        HashSet<string>? known = null;
        for (var index = 0; index < replacement.Lines.Length; index++)
        {
            var line = replacement.Lines[index].AsSpan().Trim();
            if (line.IsEmpty || line.Length > LongestLine || !IsPlaceholder(line, replacement, index, path))
                continue;
            known ??= [.. search.Lines.Select(other => other.Trim())];
            var text = line.ToString();
            if (!known.Contains(text) && !IsIn(source, text))
                return text;
        }

        return null;
    }

    /// <summary>A line that elides: nothing but three dots.</summary>
    public static bool IsElision(ReadOnlySpan<char> line) => line.Trim() is "..." or "…";

    private static bool IsPlaceholder(ReadOnlySpan<char> line, LineBlock block, int index, string path)
    {
        if (IsElision(line))
            return !IsPythonStub(block, index, path);
        return CanStartOmission.Contains(line[0]) && (MarkedOmission().IsMatch(line) || BareOmission().IsMatch(line));
    }

    /// <summary>In Python three dots are a legal body, when they are the whole of it.</summary>
    private static bool IsPythonStub(LineBlock block, int index, string path)
    {
        if (!path.EndsWith(".py", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".pyi", StringComparison.OrdinalIgnoreCase))
            return false;
        var own = Indentation.Of(block.Lines[index]).Length;
        var before = block.Lines.Take(index).LastOrDefault(line => line.Trim().Length > 0);
        var after = block.Lines.Skip(index + 1).FirstOrDefault(line => line.Trim().Length > 0);
        return before is not null && before.TrimEnd().EndsWith(':') && Indentation.Of(before).Length < own
            && (after is null || Indentation.Of(after).Length < own);
    }

    private static bool IsIn(SourceText source, string text)
    {
        for (var offset = source.Text.IndexOf(text, StringComparison.Ordinal); offset >= 0; offset = source.Text.IndexOf(text, offset + text.Length, StringComparison.Ordinal))
        {
            if (source.Line(source.LineAt(offset)).Trim().SequenceEqual(text))
                return true;
        }

        return false;
    }

    // A comment mark, then words for "the rest", "existing", "unchanged", with dots or as the whole comment.
    [GeneratedRegex(
        """
        ^(//+|/\*+|\#+|<!--|--|;+|%+|\{/\*|"{3}|'{3}|\*|\(\*|REM\s)\s*
        (
          [(\[]?\s*(\.{2,}|…)\s*[(\[]?(?<words>.*\b(rest|remain(s|ing|der)?|existing|unchanged|same|previous|other|omitted|as[ ]before|here|keep|code|content|above|original|truncated|skipped|continue[sd]?|etc)\b.*)?
          | [(\[]?\s*(the[ ]|all[ ]|keep[ ]|your[ ])*(rest|remaining|remainder|existing|previous|original|other)\b.{0,60}(\.{3}|…|unchanged|(remains?|stays?|is|are)?[ ]?(the[ ])?same|as[ ](before|is)|(goes|go|stays?|remains?)[ ]here|not[ ](shown|changed)|omitted.*)\s*[.)\]]*
          | [(\[]?\s*(keep|leave|omitted|unchanged|no[ ]changes?)\b.{0,40}(\.{3}|…|unchanged|as[ ](before|is)|for[ ]brevity|the[ ]same)\s*[.)\]]*
          | .{0,50}\b(code|content|methods?|functions?|styles?|imports?|implementation|logic|section|part|file|lines?|body)\b.{0,20}\b(remains?|stays?|is|are|left|kept)[ ](unchanged|the[ ]same|as[ ](is|before)|untouched)\b.{0,20}
          | .{0,40}\b(omitted|truncated|removed|shortened|elided)[ ]for[ ](brevity|clarity|space)\b.{0,20}
        )
        \s*(\*/\}?|-->|"{3}|'{3}|\*\))?$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MarkedOmission();

    // Without a comment mark it takes dots or brackets on both sides.
    [GeneratedRegex(
        """
        ^([(\[<]\s*(\.{3}|…)?|(\.{3}|…))\s*(the[ ]|all[ ])*(rest|remaining|existing|previous|unchanged|other|same|omitted)\b[^;{}=]{0,60}([)\]>]|\.{3}|…|unchanged|same|here|as[ ]before)\s*$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex BareOmission();
}
