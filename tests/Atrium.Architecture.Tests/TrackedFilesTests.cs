using System.Diagnostics;
using System.Text.RegularExpressions;
using Atrium.Platform.Configuration;

namespace Atrium.Architecture.Tests;

public sealed partial class TrackedFilesTests
{
    // Where a key's shape is itself the subject.
    private static readonly string[] AboutKeys = ["tests/", "src/Engines/Atrium.Ai/", "docs/", "web/src/"];

    private static IReadOnlyList<string> Tracked()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Root, "ls-files"]) { RedirectStandardOutput = true })!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        files.Length.ShouldBeGreaterThan(100);
        return files;
    }

    [Fact]
    [Keeps("Z-081", "L-060", "H-063")]
    public void Hold_no_secret_and_no_environment_file()
    {
        foreach (var file in Tracked().Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            Path.GetFileName(file).ShouldNotBe(".env");
            if (!Array.Exists(AboutKeys, file.StartsWith) && new FileInfo(Path.Combine(Repository.Root, file)).Length < 2_000_000)
                KeyShape().Match(Repository.Read(file)).Value.ShouldBe("", $"{file} looks as if it held a key");
        }
        Repository.Read(".gitignore").ShouldContain(".env\n");
    }

    [Fact]
    public void Lock_files_hold_no_download_address()
    {
        var locks = Tracked().Where(file => file.EndsWith("package-lock.json", StringComparison.Ordinal) || file.EndsWith("packages.lock.json", StringComparison.Ordinal)).ToList();
        locks.ShouldNotBeEmpty();
        foreach (var file in locks)
            Repository.Read(file).ShouldNotContain("\"resolved\": \"http", Case.Sensitive, file);
    }

    [Theory]
    [InlineData(HouseEnvironment.Production, ".env.example")]
    [InlineData(HouseEnvironment.Staging, ".env.staging.example")]
    [InlineData(HouseEnvironment.Development, ".env.development.example")]
    [Keeps("H-063", "B-030")]
    public void The_example_of_each_environment_has_every_setting_with_its_default(HouseEnvironment environment, string file)
    {
        var lines = Repository.Read(file).Split('\n');

        foreach (var setting in HouseSettings.DefinitionsIn(environment).Where(setting => setting.Name != HouseSettings.EnvironmentSetting))
            lines.ShouldContain($"# {setting.Name}={setting.Default}", $"{file} lacks {setting.Name}");
        lines.ShouldContain($"{(environment == HouseEnvironment.Production ? "# " : "")}ENVIRONMENT={environment.ToString().ToLowerInvariant()}");
    }

    [Fact]
    public void The_documentation_has_every_setting()
    {
        var page = Repository.Read("docs/settings.md");

        foreach (var setting in HouseSettings.Definitions)
            page.ShouldContain($"`{setting.Name}`");
        foreach (var name in OlderSettings.Mapped.Keys.Concat(OlderSettings.Refused.Keys).Concat(OlderSettings.Noted.Keys))
            page.ShouldContain($"`{name}`");
    }

    [GeneratedRegex(@"\b(?:sk-[A-Za-z0-9_-]{20,}|AKIA[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}|ghp_[A-Za-z0-9]{30,}|-----BEGIN (?:RSA |EC )?PRIVATE KEY-----)")]
    private static partial Regex KeyShape();
}
