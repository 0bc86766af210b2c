using System.Reflection;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>
/// Programs that were written for somebody else's service, with only the address and the key changed: each operation of each package over each dialect
/// behind it, in one process a package.
/// </summary>
public sealed class NpmProgramTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private static readonly string Folder = typeof(NpmProgramTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "NpmFolder").Value!;

    [Theory]
    [InlineData("openai", "openai", "/v1", "openai")]
    [InlineData("@anthropic-ai/sdk", "anthropic", "", "anthropic")]
    [InlineData("ai", "ai", "/v1", "ai-chat", "ai-responses", "ai-compatible", "ai-anthropic")]
    [Keeps("L-083")]
    public async Task A_package_works_unchanged_over_every_dialect(string package, string script, string path, params string[] hangUps)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", package)))
            Assert.Skip($"The npm package '{package}' is not installed: npm ci --prefix tests/Atrium.Gateway.Tests/npm");
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        await new ProgramTable(house, houses.First).ShouldWorkAsync(Path.Combine(Folder, script + ".mjs"), path, hangUps);
    }

    [Fact]
    [Keeps("L-083")]
    public async Task Curl_works_over_every_dialect()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        await new ProgramTable(house, houses.First).ShouldWorkInShellAsync(Path.Combine(Folder, "curl.sh"), "curl");
    }
}
