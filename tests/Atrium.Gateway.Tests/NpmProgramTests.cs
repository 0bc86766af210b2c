using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Atrium.Ai;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>Programs that were written for somebody else's service, with only the address and the key changed, over each dialect behind it.</summary>
public sealed class NpmProgramTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Answer = "This is a simulated answer to: Hello";

    private static readonly string Folder = typeof(NpmProgramTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "NpmFolder").Value!;

    public static TheoryData<string> Providers => [.. SimulatedDialects.Providers];

    [Theory, MemberData(nameof(Providers))]
    public async Task OpenAIs_own_package_works_unchanged(string provider)
    {
        var result = await RunAsync("openai", "openai", "/v1", provider);

        ShouldAnswer(result, "stop", "tool_calls");
        result.GetProperty("streamed").GetProperty("total").GetInt32().ShouldBe(result.GetProperty("whole").GetProperty("total").GetInt32());
        result.GetProperty("streamed").GetProperty("chunks").GetInt32().ShouldBeGreaterThan(5);
        result.GetProperty("schema").GetBoolean().ShouldBeTrue();
        result.GetProperty("one").GetBoolean().ShouldBeTrue();
        var response = result.GetProperty("response");
        response.GetProperty("text").GetString().ShouldBe(Answer);
        response.GetProperty("status").GetString().ShouldBe("completed");
        response.GetProperty("pieces").GetProperty("text").GetString().ShouldBe(Answer);
        response.GetProperty("pieces").GetProperty("final").GetString().ShouldBe(Answer);
        response.GetProperty("events").EnumerateArray().Select(type => type.GetString()).Distinct().ShouldBe(
            ["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed"]);
        response.GetProperty("tool").GetString().ShouldBe("weather");
        response.GetProperty("after").GetString().ShouldBe("The tool has answered.");
        Error(result, "key").ShouldBe("AuthenticationError 401 invalid_api_key");
        Error(result, "model").ShouldBe("NotFoundError 404 model_not_found");
        Error(result, "rate").ShouldBe("RateLimitError 429 rate_limit_exceeded");
        Error(result, "server").ShouldStartWith("InternalServerError 503");
        Error(result, "request").ShouldBe("BadRequestError 400 invalid_request");
        Error(result, "response").ShouldBe("BadRequestError 400 invalid_request");
        Error(result, "inside").ShouldStartWith("APIError");
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Anthropics_own_package_works_unchanged(string provider)
    {
        var result = await RunAsync("@anthropic-ai/sdk", "anthropic", "", provider);

        ShouldAnswer(result, "end_turn", "tool_use");
        result.GetProperty("streamed").GetProperty("output").GetInt32().ShouldBe(result.GetProperty("whole").GetProperty("output").GetInt32());
        result.GetProperty("streamed").GetProperty("events").GetInt32().ShouldBeGreaterThan(10);
        Error(result, "key").ShouldBe("AuthenticationError 401 authentication_error");
        Error(result, "model").ShouldBe("NotFoundError 404 not_found_error");
        Error(result, "rate").ShouldBe("RateLimitError 429 rate_limit_error");
        Error(result, "server").ShouldBe("ServiceUnavailableError 503 overloaded_error");
        Error(result, "request").ShouldBe("BadRequestError 400 invalid_request_error");
        Error(result, "inside").ShouldStartWith("APIError");
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Vercels_package_works_unchanged_in_each_of_its_ways(string provider)
    {
        var result = await RunAsync("ai", "ai", "/v1", provider);

        foreach (var way in (string[])["chat", "responses", "compatible", "anthropic"])
        {
            var heard = result.GetProperty(way);
            heard.GetProperty("whole").GetString().ShouldBe(Answer, way);
            heard.GetProperty("text").GetString().ShouldBe(Answer, way);
            heard.GetProperty("reason").GetString().ShouldBe("stop", way);
            heard.GetProperty("output").GetInt32().ShouldBeGreaterThan(0, way);
            heard.GetProperty("streamedOutput").ToString().ShouldBe(heard.GetProperty("output").ToString(), way);
            heard.GetProperty("steps").GetInt32().ShouldBe(2, way);
            heard.GetProperty("called").GetString().ShouldBe("weather", way);
            heard.GetProperty("after").GetString().ShouldBe("The tool has answered.", way);
            heard.GetProperty("rate").GetInt32().ShouldBe(429, way);
        }
    }

    private static void ShouldAnswer(JsonElement result, string reason, string toolReason)
    {
        foreach (var way in (string[])["whole", "streamed"])
        {
            result.GetProperty(way).GetProperty("text").GetString().ShouldBe(Answer);
            result.GetProperty(way).GetProperty("reason").GetString().ShouldBe(reason);
        }
        result.GetProperty("split").GetProperty("text").GetString()!.ShouldContain("chào 👋");
        result.GetProperty("tool").GetProperty("name").GetString().ShouldBe("weather");
        result.GetProperty("tool").GetProperty("reason").GetString().ShouldBe(toolReason);
        result.GetProperty("afterTool").GetString().ShouldBe("The tool has answered.");
        result.GetProperty("seen").GetString()!.ShouldStartWith("I see 1 image.");
        result.GetProperty("models").GetInt32().ShouldBeGreaterThan(1);
        result.GetProperty("cancelled").GetBoolean().ShouldBeTrue();
    }

    private static string Error(JsonElement result, string name)
    {
        var error = result.GetProperty("errors").GetProperty(name);
        return $"{error.GetProperty("name")} {error.GetProperty("status")} {error.GetProperty("code")}";
    }

    private async Task<JsonElement> RunAsync(string package, string script, string path, string provider)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", package)))
            Assert.Skip($"The npm package '{package}' is not installed: npm ci --prefix tests/Atrium.Gateway.Tests/npm");
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();
        var row = ProviderCatalogue.Default.Find(provider)!;
        await person.ChooseAsync(new { provider, apiKey = row.NeedsKey ? Talk.NewKey() : null, baseUrl = SimulatedDialects.BaseUrlOf(row, houses.First), settings = SimulatedDialects.SettingsOf(row) });
        var (_, secret) = await person.MakeApiKeyAsync();
        var address = house.Address.GetLeftPart(UriPartial.Authority) + path;
        var vision = provider is "openai" ? "sim-vision" : SimulatedDialects.ModelOf(provider);
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, script + ".mjs"), address, secret, SimulatedDialects.ModelOf(provider), vision, "strict"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        node.ExitCode.ShouldBe(0, await errors);
        return JsonSerializer.Deserialize<JsonElement>(await output);
    }
}
