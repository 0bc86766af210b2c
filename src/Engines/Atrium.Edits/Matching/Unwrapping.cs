using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Atrium.Edits.Matching;

/// <summary>A second reading of an operation's texts, tried only when the first does not match.</summary>
/// <param name="Old">The text to find.</param>
/// <param name="New">The new text.</param>
/// <param name="Line">1-based line that the wrapping itself named.</param>
internal sealed record Reading(string Old, string New, int? Line = null);

/// <summary>Undoes what chat and tool layers wrap around quoted text: fences, line numbers, HTML entities, JSON escapes.</summary>
internal static partial class Unwrapping
{
    /// <summary>The other readings of a text, most likely first.</summary>
    /// <param name="old">The text to find.</param>
    /// <param name="new">The new text.</param>
    /// <param name="content">The file: where it has fences itself, one in the text may be meant.</param>
    public static IEnumerable<Reading> Readings(string old, string @new, string content)
    {
        if (StripFence(old) is { } fenced && !HoldsFences(content))
            yield return new Reading(fenced, StripFence(@new) ?? @new);
        if (StripLineNumbers(old, @new) is { } numbered)
            yield return numbered;
        if (Entity().IsMatch(old) && Decode(old, @new, Entity(), text => Entity().Replace(text, entity => WebUtility.HtmlDecode(entity.Value))) is { } plain)
            yield return plain;
        if (Escape().IsMatch(old) && Decode(old, @new, Escape(), UnescapeJson) is { } unescaped)
            yield return unescaped;
    }

    /// <summary>The text inside one outer fence; null when there is none.</summary>
    public static string? StripFence(string text)
    {
        var trimmed = text.Trim('\n', ' ', '\t');
        var fence = Fence(trimmed);
        if (fence < 3)
            return null;
        var firstEnd = trimmed.IndexOf('\n', StringComparison.Ordinal);
        var lastStart = trimmed.LastIndexOf('\n');
        if (firstEnd < 0 || trimmed[lastStart..].Trim() != trimmed[..fence] || trimmed.AsSpan(fence, firstEnd - fence).Contains(trimmed[0]))
            return null;
        return lastStart <= firstEnd ? "" : trimmed[(firstEnd + 1)..(lastStart + 1)];
    }

    /// <summary>New text in a fence, where a fence cannot be meant as text; null when there is none.</summary>
    public static string? FenceAround(string @new, string path, string content)
    {
        var isProse = Path.GetExtension(path).ToLowerInvariant() is "" or ".md" or ".mdx" or ".markdown" or ".txt" or ".rst" or ".adoc";
        return !isProse && StripFence(@new) is { } bare && !HoldsFences(content) ? bare : null;
    }

    private static bool HoldsFences(string content) =>
        content.Contains("```", StringComparison.Ordinal) || content.Contains("~~~", StringComparison.Ordinal);

    /// <summary>A whole file without the line numbers before each line, which the file did not have; null when it has none.</summary>
    public static string? NumbersBefore(string @new, string content) =>
        StripNumbers(@new, out var first) is { } plain && first == 1 && StripNumbers(content, out _) is null && plain != content ? plain : null;

    /// <summary>A whole file without entities, when every mark of the file became one; null otherwise.</summary>
    public static string? EntitiesIn(string @new, string content)
    {
        var isEscaped = @new.Contains("&lt;", StringComparison.Ordinal) && !@new.Contains('<', StringComparison.Ordinal)
            && content.Contains('<', StringComparison.Ordinal) && !content.Contains("&lt;", StringComparison.Ordinal);
        return isEscaped ? Entity().Replace(@new, entity => WebUtility.HtmlDecode(entity.Value)) : null;
    }

    private static int Fence(string text)
    {
        if (text.Length == 0 || text[0] is not ('`' or '~'))
            return 0;
        var end = text.AsSpan().IndexOfAnyExcept(text[0]);
        return end < 0 ? text.Length : end;
    }

    /// <summary>All lines must carry rising numbers in one style; of the new text all or none.</summary>
    private static Reading? StripLineNumbers(string old, string @new)
    {
        if (StripNumbers(old, out var first) is not { } plainOld)
            return null;
        if (@new.Trim().Length == 0)
            return new Reading(plainOld, @new, first);
        if (StripNumbers(@new, out _) is { } plainNew)
            return new Reading(plainOld, plainNew, first);
        // Some numbered, some not: which digits are content cannot be known.
        return @new.Split('\n').Any(line => NumberedLine().IsMatch(line)) ? null : new Reading(plainOld, @new, first);
    }

    private static string? StripNumbers(string text, out int first)
    {
        first = 0;
        var lines = text.Split('\n');
        var stripped = new List<string>(lines.Length);
        var matches = lines.Select(line => NumberedLine().Match(line)).ToList();
        var numbered = matches.Where(match => match.Success).ToList();
        if (numbered.Count == 0 || lines.Where((line, index) => !matches[index].Success && line.AsSpan().Trim().Length > 0).Any())
            return null;
        var separator = numbered[0].Groups["separator"].Value;
        var oneSpace = separator != "\t" && numbered.TrueForAll(match => match.Groups["rest"].Value is "" || match.Groups["rest"].Value[0] == ' ');
        var previous = 0;
        for (var index = 0; index < lines.Length; index++)
        {
            if (!matches[index].Success)
            {
                stripped.Add(lines[index]);
                continue;
            }

            if (!int.TryParse(matches[index].Groups["number"].Value, out var number) || number <= previous || matches[index].Groups["separator"].Value != separator)
                return null;
            first = first == 0 ? number : first;
            previous = number;
            var rest = matches[index].Groups["rest"].Value;
            stripped.Add(oneSpace && rest.Length > 0 ? rest[1..] : rest);
        }

        return string.Join('\n', stripped);
    }

    /// <summary>The old text was escaped. Whether the new one was too shows in what the two share.</summary>
    private static Reading? Decode(string old, string @new, Regex escape, Func<string, string?> decode)
    {
        if (decode(old) is not { } plainOld || plainOld == old)
            return null;
        var plainNew = decode(@new);
        if (plainNew == @new)
            return new Reading(plainOld, @new);
        var (likeEscaped, likePlain) = (SharedEnds(@new, old), SharedEnds(@new, plainOld));
        if (likePlain > likeEscaped)
            return new Reading(plainOld, @new);
        if (plainNew is null || (likePlain == likeEscaped && !IsAllEscaped(old, @new, escape, decode)))
            return null;
        return new Reading(plainOld, plainNew);
    }

    /// <summary>The new text knows no escapes but those of the old one, and has none of the characters bare that they stand for.</summary>
    private static bool IsAllEscaped(string old, string @new, Regex escape, Func<string, string?> decode)
    {
        var known = escape.Matches(old).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var bare = escape.Replace(@new, "");
        return escape.Matches(@new).All(match => known.Contains(match.Value)) && known.All(each => !bare.Contains(decode(each)!, StringComparison.Ordinal));
    }

    /// <summary>How many characters two texts share at their ends together.</summary>
    public static int SharedEnds(string left, string right)
    {
        var start = left.AsSpan().CommonPrefixLength(right);
        var most = Math.Min(left.Length, right.Length) - start;
        var end = 0;
        while (end < most && left[^(end + 1)] == right[^(end + 1)])
            end++;
        return start + end;
    }

    private static string? UnescapeJson(string text)
    {
        if (text.TrimEnd('\n').Contains('\n', StringComparison.Ordinal))
            return null;
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\' || index + 1 == text.Length)
            {
                result.Append(text[index]);
                continue;
            }

            index++;
            switch (text[index])
            {
                case 'n': result.Append('\n'); break;
                case 't': result.Append('\t'); break;
                case 'r': break;
                case '"' or '\\' or '/' or '\'': result.Append(text[index]); break;
                default: result.Append('\\').Append(text[index]); break;
            }
        }

        return result.ToString();
    }

    [GeneratedRegex(@"^[ \t]*\[?[Ll]?(?<number>\d{1,7})\]?(?<separator>[ ]*\||:|\t|→|[ ]*│)(?<rest>.*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NumberedLine();

    [GeneratedRegex("&(lt|gt|amp|quot|apos|#39|#x27|#34|#x22|#x2F|#x60|#96|#x3D);", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Entity();

    [GeneratedRegex(@"\\[nt""'\\/]", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
