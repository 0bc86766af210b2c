using System.Text;
using Atrium.Platform.Configuration;

namespace Atrium.Platform.Tests.Configuration;

public sealed class SecretSourcesTests : IDisposable
{
    private const string Name = "JWT_SECRET";
    private const string Secret = "0123456789-abcdefghijklmnopqrstuvwxyz";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("atrium-secrets-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    [Keeps("B-018")]
    public void A_secret_comes_from_a_file_without_its_last_line_end()
    {
        Load((Name + "_FILE", FileWith(Secret + "\n"))).TokenSecret.ShouldBe(Encoding.UTF8.GetBytes(Secret));
    }

    [Fact]
    [Keeps("B-018")]
    public void A_secret_comes_from_what_a_command_prints()
    {
        Load((Name + "_COMMAND", $"cat '{FileWith(Secret)}'")).TokenSecret.ShouldBe(Encoding.UTF8.GetBytes(Secret));
    }

    [Fact]
    public void Two_sources_of_one_secret_are_refused() =>
        ErrorOf((Name, Secret), (Name + "_FILE", FileWith(Secret))).ShouldBe($"{Name} is given more than once: by {Name} and {Name}_FILE. Keep one.");

    [Theory]
    [InlineData("_FILE", "/nowhere/secret", "names a file that is not there.")]
    [InlineData("_COMMAND", "echo x7q-marker; echo x7q-marker >&2; exit 3", "ended with exit code 3.")]
    [InlineData("_COMMAND", "true", "gave nothing.")]
    public void What_cannot_be_read_is_refused_by_name(string source, string value, string reason) =>
        ErrorOf((Name + source, value)).ShouldBe($"{Name}{source} {reason}");

    [Fact]
    public void What_a_source_gives_is_checked_like_the_setting_and_not_repeated()
    {
        var error = ErrorOf((Name + "_FILE", FileWith("short-x7q-marker")));

        error.ShouldStartWith(Name + " ");
        error.ShouldNotContain("x7q-marker");
    }

    [Fact]
    public void Only_secrets_are_read_from_elsewhere() => Load(("PORT_FILE", FileWith("9000"))).Port.ShouldBe(8080);

    private string FileWith(string text)
    {
        var file = Path.Combine(folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(file, text);
        return file;
    }

    private static HouseSettings Load(params (string Name, string Value)[] settings) => SettingsLoader.Load(settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    private static string ErrorOf(params (string Name, string Value)[] settings) => Should.Throw<SettingsException>(() => Load(settings)).Errors.ShouldHaveSingleItem();
}
