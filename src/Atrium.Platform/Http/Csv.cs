using System.Text;

namespace Atrium.Platform.Http;

/// <summary>Tables as text (RFC 4180) that no program takes for formulas.</summary>
public static class Csv
{
    public const string Type = "text/csv";

    /// <summary>One line with its end.</summary>
    public static StringBuilder AppendLine(StringBuilder text, params IEnumerable<string?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>A cell that begins like a formula would be run by the program that opens the table: it gets an apostrophe before it.</summary>
    public static string Cell(string? text) => text is null or "" ? ""
        : "\"" + (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" : "") + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
