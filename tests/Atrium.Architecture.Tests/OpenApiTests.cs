using Atrium.Testing;

namespace Atrium.Architecture.Tests;

public sealed class OpenApiTests(HousePair houses) : IClassFixture<HousePair>
{
    /// <summary>Set to write the document instead of comparing it: ATRIUM_WRITE_OPENAPI=1 ./atrium test Architecture</summary>
    private const string WriteVariable = "ATRIUM_WRITE_OPENAPI";

    [Fact]
    public async Task The_checked_in_document_is_what_the_server_says()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var document = (await house.Client.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Repository.Root, "openapi.json");

        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            await File.WriteAllTextAsync(file, document);

        (await File.ReadAllTextAsync(file)).ShouldBe(document, $"The API changed. If that is meant, run with {WriteVariable}=1, then npm --prefix web run api.");
    }
}
