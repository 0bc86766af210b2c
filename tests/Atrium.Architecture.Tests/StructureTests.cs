using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Atrium.Host;
using Atrium.Platform.Modules;

namespace Atrium.Architecture.Tests;

public sealed partial class StructureTests
{
    private const int FileLimit = 500;
    private const int SliceLimit = 120;

    private static IReadOnlyList<(string Name, Assembly Assembly)> Modules => [.. House.Modules().Modules];

    public static TheoryData<string> ModuleProjects => [.. Repository.Files("src/Modules", "*.csproj")];

    [Theory, MemberData(nameof(ModuleProjects))]
    public void A_module_references_only_named_engines_beside_platform_and_contracts(string project)
    {
        var document = XDocument.Parse(Repository.Read(project));
        var allowed = document.Descendants("AllowedEngines").SelectMany(element => element.Value.Split(';')).ToHashSet();

        foreach (var reference in document.Descendants("ProjectReference").Select(element => (string)element.Attribute("Include")!))
        {
            reference.ShouldContain("/Engines/");
            allowed.ShouldContain(Path.GetFileNameWithoutExtension(reference));
        }
    }

    [Fact]
    public void A_module_shows_only_itself_and_what_its_requests_and_responses_are_made_of()
    {
        Modules.Count.ShouldBeGreaterThan(4);
        foreach (var (name, assembly) in Modules)
        {
            var shown = assembly.GetExportedTypes().Where(type => type is { IsNested: false, IsEnum: false }).ToList();
            shown.ShouldHaveSingleItem($"{name} shows more than its module type: {string.Join(", ", shown.Select(type => type.Name))}");
            typeof(IModule).IsAssignableFrom(shown[0]).ShouldBeTrue();
        }
    }

    [Fact]
    public void Contracts_hold_interfaces_records_and_events_and_know_no_framework()
    {
        var assembly = typeof(Contracts.Accounts.IPeople).Assembly;

        assembly.GetReferencedAssemblies().ShouldAllBe(reference => !reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && reference.Name != "Dapper" && !reference.Name.StartsWith("Atrium", StringComparison.Ordinal));
        foreach (var type in assembly.GetExportedTypes())
            (type.IsInterface || type.IsEnum || type.GetMethod("<Clone>$") is not null || type.IsSubclassOf(typeof(Exception)))
                .ShouldBeTrue($"{type} is neither interface, record, enum nor exception");
    }

    [Fact]
    public void Engines_know_neither_web_nor_database_nor_the_house()
    {
        var projects = Repository.Files("src/Engines", "*.csproj");
        projects.Count.ShouldBe(3);
        foreach (var project in projects)
        {
            var text = Repository.Read(project);
            text.ShouldNotContain("Microsoft.AspNetCore");
            text.ShouldNotContain("ProjectReference");
            text.ShouldNotContain("Dapper");
        }
    }

    [Fact]
    public void Tables_carry_their_modules_name_and_refer_to_no_other_module()
    {
        var found = 0;
        foreach (var file in Repository.Files("src/Modules", "*.sql"))
        {
            var module = file.Split('/')[2].Replace("Atrium.", "", StringComparison.Ordinal).ToLowerInvariant();
            foreach (Match match in TableName().Matches(Repository.Read(file)))
            {
                found++;
                match.Groups[1].Value.ShouldStartWith(module + "_", Case.Sensitive, $"{file}: {match.Value}");
            }
        }
        found.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void No_slice_calls_another()
    {
        var slices = Repository.Files("src/Modules", "*.cs").Where(file => Slice().IsMatch(Repository.Read(file))).ToList();
        slices.Count.ShouldBeGreaterThan(20);
        var names = slices.Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet();
        foreach (var file in slices)
        {
            var text = Repository.Read(file);
            foreach (var other in names.Where(name => name != Path.GetFileNameWithoutExtension(file)))
                Regex.IsMatch(text, $@"(?<![\w.]){other}\.(?!Request\b|Response\b)").ShouldBeFalse($"{file} calls {other}");
        }
    }

    [Fact]
    public void Slices_and_files_stay_short()
    {
        var files = Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs")).Concat(Repository.Files("web/src", "*.ts")).Concat(Repository.Files("web/src", "*.tsx")).ToList();
        files.Count.ShouldBeGreaterThan(100);
        foreach (var file in files.Where(file => !file.StartsWith("web/src/api/", StringComparison.Ordinal)))
        {
            var text = Repository.Read(file);
            var isSlice = file.StartsWith("src/Modules/", StringComparison.Ordinal) && Slice().IsMatch(text);
            text.AsSpan().Count('\n').ShouldBeLessThanOrEqualTo(isSlice ? SliceLimit : FileLimit, file);
        }
    }

    [GeneratedRegex(@"(?:CREATE TABLE(?: IF NOT EXISTS)?|REFERENCES|CREATE VIRTUAL TABLE)\s+(\w+)")]
    private static partial Regex TableName();

    [GeneratedRegex(@"internal static (?:partial )?class \w+[\s\S]*public static void Map\(IEndpointRouteBuilder")]
    private static partial Regex Slice();
}
