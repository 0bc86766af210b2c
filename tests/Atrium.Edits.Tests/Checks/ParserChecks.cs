using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Atrium.Edits.Tests.Checks;

/// <summary>Syntax errors of C#, by Roslyn.</summary>
internal sealed class CSharpCheck : IEditCheck
{
    public bool Knows(string path) => path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<CheckFinding> Find(string path, string content) =>
        [.. CSharpSyntaxTree.ParseText(content).GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error)
            .Select(each => new CheckFinding($"{each.Id}: {each.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}", each.Location.GetLineSpan().StartLinePosition.Line + 1))];
}

/// <summary>What the HTML standard calls a parse error, by AngleSharp.</summary>
internal sealed class HtmlCheck : IEditCheck
{
    public bool Knows(string path) => path.EndsWith(".html", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<CheckFinding> Find(string path, string content)
    {
        var findings = new List<CheckFinding>();
        var parser = new HtmlParser(new HtmlParserOptions { IsScripting = true });
        parser.Error += (_, error) =>
        {
            if (error is AngleSharp.Html.Dom.Events.HtmlErrorEvent found)
                findings.Add(new CheckFinding(found.Message, found.Position.Line));
        };
        parser.ParseDocument(content);
        return findings;
    }
}

/// <summary>The first error of JSON, by the base library.</summary>
internal sealed class JsonCheck : IEditCheck
{
    public bool Knows(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<CheckFinding> Find(string path, string content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return [];
        }
        catch (JsonException error)
        {
            return [new CheckFinding("It is not valid JSON.", (int)(error.LineNumber ?? 0) + 1)];
        }
    }
}
