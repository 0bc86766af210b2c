using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Atrium.Architecture.Tests;

/// <summary>docs/security.md says of every requirement of OWASP ASVS 5.0, levels 1 and 2, which test checks it, what holds it, or that it is missing.</summary>
public sealed partial class SecuritySheetTests
{
    /// <summary>Set to write the sheet instead of comparing it: ATRIUM_WRITE_SECURITY=1 ./atrium test Architecture</summary>
    private const string WriteVariable = "ATRIUM_WRITE_SECURITY";

    private const string SheetFile = "docs/security.md";
    private const string Marker = "<!-- What follows is made from docs/asvs.csv and the annotations beside the tests. -->";
    private const string Held = "held";
    private const string Gap = "gap";
    private const string Absent = "n/a";

    private static readonly string[] Chapters =
    [
        "", "Encoding and cleaning", "Validation and business rules", "Browser", "API", "Files", "Signing in", "Sessions", "Rights", "Tokens", "OAuth",
        "Cryptography", "Transport", "Configuration", "Data", "Code", "Logs and errors", "WebRTC",
    ];

    private sealed record Requirement(string Id, string Level, string About, string Standing, string Note)
    {
        public int Chapter => int.Parse(Id.Split('.')[0], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Every_annotation_names_a_requirement_and_none_that_is_called_missing()
    {
        var requirements = Requirements().ToDictionary(requirement => requirement.Id);
        var tests = Annotations();

        tests.Count.ShouldBeGreaterThan(60);
        foreach (var (id, where) in tests)
        {
            requirements.ShouldContainKey(id, $"{where[0]} names it");
            requirements[id].Standing.ShouldBe(Held, $"{id} is checked by {where[0]}: say so in docs/asvs.csv");
        }
    }

    [Fact]
    public void Every_requirement_stands_somewhere_and_says_why_when_no_test_checks_it()
    {
        var requirements = Requirements();
        var tests = Annotations();

        requirements.Count.ShouldBe(253);
        requirements.Select(requirement => requirement.Id).ShouldBeUnique();
        foreach (var requirement in requirements)
        {
            requirement.Standing.ShouldBeOneOf(Held, Gap, Absent);
            (requirement.Note.Length > 0 || tests.ContainsKey(requirement.Id)).ShouldBeTrue($"{requirement.Id} {requirement.About}: neither a test nor a reason");
        }
    }

    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        var tests = Repository.Files("tests", "*Tests.cs").ToLookup(file => Path.GetFileNameWithoutExtension(file), Repository.Read);
        var named = NamedTest().Matches(Repository.Read(SheetFile)).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).ToList();

        named.Count.ShouldBeGreaterThan(20);
        foreach (var (name, method) in named)
            tests[name].Any(text => text.Contains($" {method}(", StringComparison.Ordinal)).ShouldBeTrue($"{name}.{method}");
    }

    [Fact]
    public void The_sheet_is_what_the_tests_say()
    {
        var sheet = Repository.Read(SheetFile);
        var kept = sheet[..(sheet.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)];
        var made = kept + "\n" + Sheet(Requirements(), Annotations());

        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            File.WriteAllText(Path.Combine(Repository.Root, SheetFile), sheet = made);

        sheet.ShouldBe(made, $"Run with {WriteVariable}=1.");
    }

    private static string Sheet(IReadOnlyList<Requirement> requirements, IReadOnlyDictionary<string, List<string>> tests)
    {
        var text = new StringBuilder("\n| chapter | applicable | tested | held, untested | missing | not applicable |\n|---|---|---|---|---|---|\n");
        foreach (var chapter in requirements.GroupBy(requirement => requirement.Chapter))
            text.Append(CultureInfo.InvariantCulture, $"| V{chapter.Key} {Chapters[chapter.Key]} | {Counts([.. chapter], tests)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| **all** | {Counts(requirements, tests)} |\n\n### Missing\n\n");
        foreach (var gap in requirements.Where(requirement => requirement.Standing == Gap))
            text.Append(CultureInfo.InvariantCulture, $"- **{gap.Id}** ({gap.Level}) {gap.About}: {gap.Note}\n");
        foreach (var chapter in requirements.GroupBy(requirement => requirement.Chapter))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### V{chapter.Key} {Chapters[chapter.Key]}\n\n| id | about | stands by |\n|---|---|---|\n");
            foreach (var requirement in chapter)
                text.Append(CultureInfo.InvariantCulture, $"| {requirement.Id} | {requirement.About} | {StandsBy(requirement, tests)} |\n");
        }
        return text.ToString();
    }

    private static string Counts(IReadOnlyList<Requirement> requirements, IReadOnlyDictionary<string, List<string>> tests)
    {
        int[] counts =
        [
            requirements.Count(requirement => requirement.Standing != Absent),
            requirements.Count(requirement => tests.ContainsKey(requirement.Id)),
            requirements.Count(requirement => requirement.Standing == Held && !tests.ContainsKey(requirement.Id)),
            requirements.Count(requirement => requirement.Standing == Gap),
            requirements.Count(requirement => requirement.Standing == Absent),
        ];
        return string.Join(" | ", counts);
    }

    private static string StandsBy(Requirement requirement, IReadOnlyDictionary<string, List<string>> tests) =>
        tests.TryGetValue(requirement.Id, out var where) ? string.Join("; ", where.Take(3)) + (requirement.Note.Length > 0 ? ". " + requirement.Note : "")
        : requirement.Standing == Held ? requirement.Note
        : $"{(requirement.Standing == Gap ? "missing" : "not applicable")}: {requirement.Note}";

    private static List<Requirement> Requirements() =>
        [.. Repository.Read("docs/asvs.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Read)];

    private static Requirement Read(string line)
    {
        var cells = Cell().Matches(line).Select(match => match.Groups[1].Success ? match.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : match.Groups[2].Value).ToList();
        cells.Count.ShouldBe(5, line);
        return new Requirement(cells[0], cells[1], cells[2], cells[3], cells[4]);
    }

    /// <summary>Requirement to the tests that name it, found in the sources, so that no test project has to be loaded.</summary>
    private static SortedDictionary<string, List<string>> Annotations()
    {
        var found = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var file in Repository.Files("tests", "*.cs").Where(file => !file.EndsWith("SecuritySheetTests.cs", StringComparison.Ordinal) && !file.EndsWith("AsvsAttribute.cs", StringComparison.Ordinal)))
        {
            foreach (Match annotation in Annotation().Matches(Repository.Read(file)))
            {
                foreach (Match id in Id().Matches(annotation.Groups[1].Value))
                {
                    if (!found.TryGetValue(id.Value, out var where))
                        found[id.Value] = where = [];
                    where.Add($"{Path.GetFileNameWithoutExtension(file)}.{annotation.Groups[2].Value}".Replace('_', ' '));
                }
            }
        }
        return found;
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex NamedTest();

    /// <summary>An annotation and the name of the method or class below it.</summary>
    [GeneratedRegex("""\[Asvs\(([^)]*)\)\][\s\S]*?(?:class|Task|void|Task<[^>]*>) (\w+)""")]
    private static partial Regex Annotation();

    [GeneratedRegex(@"\d+\.\d+\.\d+")]
    private static partial Regex Id();

    [GeneratedRegex("""(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))""")]
    private static partial Regex Cell();
}
