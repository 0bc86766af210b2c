using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Atrium.Simulators;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

/// <summary>The simulator is proven by the provider's own client, so that what it teaches is the real wire.</summary>
public sealed class NpmClientTests : SimulatorTest
{
    private static readonly string Folder = typeof(NpmClientTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "NpmFolder").Value!;

    [Fact]
    public async Task The_openai_package_accepts_the_simulator()
    {
        var result = await RunAsync("openai", Simulator.OpenAiBaseUrl);

        var whole = result.GetProperty("whole");
        whole.GetProperty("text").GetString().ShouldBe("This is a simulated answer to: Hello");
        whole.GetProperty("reason").GetString().ShouldBe("stop");
        var streamed = result.GetProperty("streamed");
        streamed.GetProperty("text").GetString().ShouldBe("This is a simulated answer to: Hello");
        streamed.GetProperty("reason").GetString().ShouldBe("stop");
        streamed.GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(whole.GetProperty("total").GetInt32());
        streamed.GetProperty("chunks").GetInt32().ShouldBeGreaterThan(5);
        result.GetProperty("split").GetProperty("text").GetString()!.ShouldContain("chào 👋");
        result.GetProperty("tool").GetProperty("name").GetString().ShouldBe("weather");
        result.GetProperty("tool").GetProperty("reason").GetString().ShouldBe("tool_calls");
        result.GetProperty("afterTool").GetString().ShouldBe("The tool has answered.");
        result.GetProperty("seen").GetString()!.ShouldStartWith("I see 1 image.");
        result.GetProperty("models").GetArrayLength().ShouldBe(5);
        result.GetProperty("embedding").EnumerateArray().Select(length => length.GetInt32()).ShouldBe([8, 8]);
        result.GetProperty("image").GetBoolean().ShouldBeTrue();
        Error(result, "key").ShouldBe("AuthenticationError 401 invalid_api_key");
        Error(result, "model").ShouldBe("NotFoundError 404 model_not_found");
        Error(result, "rate").ShouldBe("RateLimitError 429 rate_limit_exceeded");
        Error(result, "quota").ShouldBe("RateLimitError 429 insufficient_quota");
        Error(result, "server").ShouldBe("InternalServerError 500 ");
        Error(result, "request").ShouldBe("BadRequestError 400 empty_array");
        Error(result, "inside").ShouldStartWith("APIError");
    }

    private static string Error(JsonElement result, string name)
    {
        var error = result.GetProperty("errors").GetProperty(name);
        return $"{error.GetProperty("name")} {error.GetProperty("status")} {error.GetProperty("code")}";
    }

    private static async Task<JsonElement> RunAsync(string package, string baseUrl)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", package)))
            Assert.Skip($"The npm package '{package}' is not installed: npm ci --prefix tests/Atrium.Ai.Tests/npm");
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, package + ".mjs"), baseUrl])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = node.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = node.StandardError.ReadToEndAsync(Cancellation);
        await node.WaitForExitAsync(Cancellation);
        node.ExitCode.ShouldBe(0, await errors);
        return JsonSerializer.Deserialize<JsonElement>(await output);
    }
}
