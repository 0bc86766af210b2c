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
        var result = await RunAsync("openai", "openai", Simulator.OpenAiBaseUrl);

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

    [Fact]
    public async Task The_anthropic_package_accepts_the_simulator()
    {
        var result = await RunAsync("@anthropic-ai/sdk", "anthropic", Simulator.AnthropicBaseUrl);

        ShouldAnswer(result, "end_turn");
        result.GetProperty("streamed").GetProperty("events").GetInt32().ShouldBeGreaterThan(10);
        Tool(result).ShouldBe("weather {} tool_use");
        result.GetProperty("thought").EnumerateArray().Select(type => type.GetString()).ShouldBe(["thinking", "text"]);
        result.GetProperty("signed").GetString().ShouldBe("sig-simulated");
        result.GetProperty("models").GetArrayLength().ShouldBe(3);
        Error(result, "key").ShouldBe("AuthenticationError 401 authentication_error");
        Error(result, "model").ShouldBe("NotFoundError 404 not_found_error");
        Error(result, "rate").ShouldBe("RateLimitError 429 rate_limit_error");
        Error(result, "overloaded").ShouldBe("OverloadedError 529 overloaded_error");
        Error(result, "server").ShouldBe("InternalServerError 500 api_error");
        Error(result, "request").ShouldBe("BadRequestError 400 invalid_request_error");
        Error(result, "inside").ShouldStartWith("APIError");
    }

    [Fact]
    public async Task The_google_package_accepts_the_simulator()
    {
        var result = await RunAsync("@google/genai", "genai", Simulator.GeminiBaseUrl);

        ShouldAnswer(result, "STOP");
        result.GetProperty("streamed").GetProperty("total").GetInt32().ShouldBe(result.GetProperty("whole").GetProperty("total").GetInt32());
        result.GetProperty("streamed").GetProperty("chunks").GetInt32().ShouldBeGreaterThan(5);
        Tool(result).ShouldBe("weather {} STOP");
        result.GetProperty("streamedTool").GetInt32().ShouldBe(1);
        result.GetProperty("blocked").GetString().ShouldBe("PROHIBITED_CONTENT");
        result.GetProperty("models").EnumerateArray().Select(name => name.GetString()).ShouldContain("models/sim-fast");
        Error(result, "key").ShouldBe("ApiError 400 ");
        Error(result, "model").ShouldBe("ApiError 404 ");
        Error(result, "rate").ShouldBe("ApiError 429 ");
        Error(result, "server").ShouldBe("ApiError 500 ");
        Error(result, "request").ShouldBe("ApiError 400 ");
        Error(result, "inside").ShouldBe("ApiError 503 ");
    }

    [Fact]
    public async Task The_ollama_package_accepts_the_simulator()
    {
        var result = await RunAsync("ollama", "ollama", Simulator.OllamaBaseUrl);

        ShouldAnswer(result, "stop");
        result.GetProperty("streamed").GetProperty("chunks").GetInt32().ShouldBeGreaterThan(5);
        Tool(result).ShouldBe("weather {} stop");
        result.GetProperty("streamedTool").GetInt32().ShouldBe(1);
        result.GetProperty("thinking").GetString()!.ShouldStartWith("Let me think");
        result.GetProperty("models").GetArrayLength().ShouldBe(5);
        Error(result, "key").ShouldBe("ResponseError 401 ");
        Error(result, "model").ShouldBe("ResponseError 404 ");
        Error(result, "rate").ShouldBe("ResponseError 429 ");
        Error(result, "server").ShouldBe("ResponseError 500 ");
        Error(result, "request").ShouldBe("ResponseError 400 ");
        Error(result, "inside").ShouldStartWith("Error");
    }

    [Fact]
    public async Task The_azure_class_of_the_openai_package_accepts_the_simulator()
    {
        var result = await RunAsync("openai", "azure", Simulator.BaseUrlOf("azure-openai"));

        ShouldAnswer(result, "stop");
        result.GetProperty("streamed").GetProperty("filtered").GetBoolean().ShouldBeTrue();
        result.GetProperty("streamed").GetProperty("total").GetInt32().ShouldBe(result.GetProperty("whole").GetProperty("total").GetInt32());
        Tool(result).ShouldBe("weather {} tool_calls");
        result.GetProperty("embedding").EnumerateArray().Select(length => length.GetInt32()).ShouldBe([8, 8]);
        result.GetProperty("image").GetBoolean().ShouldBeTrue();
        Error(result, "key").ShouldBe("AuthenticationError 401 401");
        Error(result, "model").ShouldBe("NotFoundError 404 DeploymentNotFound");
        Error(result, "rate").ShouldBe("RateLimitError 429 429");
        Error(result, "filter").ShouldBe("BadRequestError 400 content_filter");
        Error(result, "server").ShouldBe("InternalServerError 500 500");
        Error(result, "inside").ShouldStartWith("APIError");
    }

    [Fact]
    public async Task The_cohere_package_accepts_the_simulator()
    {
        var result = await RunAsync("cohere-ai", "cohere", Simulator.BaseUrlOf("cohere-v2-chat"));

        ShouldAnswer(result, "COMPLETE");
        result.GetProperty("streamed").GetProperty("total").GetInt32().ShouldBe(result.GetProperty("whole").GetProperty("total").GetInt32());
        Tool(result).ShouldBe("weather {} TOOL_CALL");
        result.GetProperty("streamedTool").GetString().ShouldBe("{}");
        result.GetProperty("thinking").GetString()!.ShouldStartWith("Let me think");
        result.GetProperty("embedding").EnumerateArray().Select(length => length.GetInt32()).ShouldBe([8, 8]);
        result.GetProperty("models").GetArrayLength().ShouldBe(4);
        Error(result, "key").ShouldBe("UnauthorizedError 401 message");
        Error(result, "model").ShouldBe("NotFoundError 404 message");
        Error(result, "rate").ShouldBe("TooManyRequestsError 429 message");
        Error(result, "server").ShouldBe("InternalServerError 500 message");
        Error(result, "request").ShouldBe("BadRequestError 400 message");
        Error(result, "inside").ShouldStartWith("Error");
    }

    [Fact]
    public async Task The_amazon_package_accepts_the_simulator()
    {
        var result = await RunAsync("@aws-sdk/client-bedrock-runtime", "bedrock", Simulator.BaseUrlOf("bedrock-converse"), SimulatedSecrets.AwsSecretAccessKey);

        ShouldAnswer(result, "end_turn");
        result.GetProperty("streamed").GetProperty("total").GetInt32().ShouldBe(result.GetProperty("whole").GetProperty("total").GetInt32());
        Tool(result).ShouldBe("weather {} tool_use");
        result.GetProperty("streamedTool").GetString().ShouldBe("tool_use");
        result.GetProperty("thought").GetString()!.ShouldStartWith("Let me think");
        result.GetProperty("signature").GetString().ShouldBe("sig-simulated");
        result.GetProperty("embedding").GetInt32().ShouldBe(8);
        result.GetProperty("arn").GetString().ShouldBe("end_turn");
        result.GetProperty("session").GetString().ShouldBe("end_turn");
        Error(result, "key").ShouldBe("UnrecognizedClientException 403 ");
        Error(result, "secret").ShouldBe("InvalidSignatureException 403 ");
        Error(result, "expired").ShouldBe("ExpiredTokenException 403 ");
        Error(result, "model").ShouldBe("ResourceNotFoundException 404 ");
        Error(result, "rate").ShouldBe("ThrottlingException 429 ");
        Error(result, "quota").ShouldBe("ServiceQuotaExceededException 400 ");
        Error(result, "server").ShouldBe("InternalServerException 500 ");
        Error(result, "overloaded").ShouldBe("ServiceUnavailableException 503 ");
        Error(result, "request").ShouldBe("ValidationException 400 ");
        Error(result, "inside").ShouldStartWith("InternalServerException");
        Error(result, "damaged").ShouldStartWith("Error");
    }

    [Fact]
    public async Task The_ibm_package_accepts_the_simulator()
    {
        var result = await RunAsync("@ibm-cloud/watsonx-ai", "watsonx", Simulator.BaseUrlOf("watsonx-chat"));

        ShouldAnswer(result, "stop");
        result.GetProperty("streamed").GetProperty("total").GetInt32().ShouldBe(result.GetProperty("whole").GetProperty("total").GetInt32());
        Tool(result).ShouldBe("weather {} tool_calls");
        result.GetProperty("streamedTool").GetString().ShouldBe("{}");
        result.GetProperty("thinking").GetString()!.ShouldStartWith("Let me think");
        result.GetProperty("embedding").EnumerateArray().Select(length => length.GetInt32()).ShouldBe([8, 8]);
        result.GetProperty("models").GetArrayLength().ShouldBe(3);
        Status(result, "key").ShouldBe(400);
        Status(result, "model").ShouldBe(404);
        Status(result, "quota").ShouldBe(403);
        Status(result, "request").ShouldBe(400);
        Error(result, "inside").ShouldStartWith("Error");
    }

    [Fact]
    public async Task The_oracle_package_accepts_the_simulator()
    {
        var result = await RunAsync(
            "oci-generativeaiinference", "oci", Simulator.BaseUrlOf("oci-genai-chat"), SimulatedSecrets.OciFingerprint, SimulatedSecrets.OciPrivateKeyPem);

        ShouldAnswer(result, "stop");
        result.GetProperty("streamed").GetProperty("total").GetInt32().ShouldBe(result.GetProperty("whole").GetProperty("total").GetInt32());
        Tool(result).ShouldBe("weather {} tool_calls");
        result.GetProperty("cohere").GetProperty("text").GetString().ShouldBe("This is a simulated answer to: Hello");
        result.GetProperty("cohere").GetProperty("reason").GetString().ShouldBe("COMPLETE");
        result.GetProperty("embedding").EnumerateArray().Select(length => length.GetInt32()).ShouldBe([8, 8]);
        Error(result, "key").ShouldBe("OciError 401 NotAuthenticated");
        Error(result, "fingerprint").ShouldBe("OciError 401 NotAuthenticated");
        Error(result, "model").ShouldBe("OciError 404 NotAuthorizedOrNotFound");
        Error(result, "rate").ShouldBe("OciError 429 TooManyRequests");
        Error(result, "server").ShouldBe("OciError 500 InternalServerError");
        Error(result, "request").ShouldBe("OciError 400 InvalidParameter");
        Error(result, "inside").ShouldStartWith("Error");
    }

    [Fact]
    public async Task The_replicate_package_accepts_the_simulator()
    {
        const string hello = "This is a simulated answer to: Hello";
        var result = await RunAsync("replicate", "replicate", Simulator.BaseUrlOf("replicate-predictions"));

        result.GetProperty("whole").GetString().ShouldBe(hello);
        result.GetProperty("waited").GetProperty("text").GetString().ShouldBe(hello);
        result.GetProperty("waited").GetProperty("status").GetString().ShouldBe("succeeded");
        result.GetProperty("polled").GetString().ShouldBe(hello);
        result.GetProperty("streamed").GetProperty("text").GetString().ShouldBe(hello);
        result.GetProperty("streamed").GetProperty("done").GetBoolean().ShouldBeTrue();
        result.GetProperty("split").GetProperty("text").GetString()!.ShouldContain("chào 👋");
        result.GetProperty("cancelled").GetString().ShouldBe("canceled");
        result.GetProperty("seen").GetString()!.ShouldStartWith("I see 1 image.");
        result.GetProperty("models").GetArrayLength().ShouldBe(3);
        Error(result, "key").ShouldBe("ApiError 401 ");
        Error(result, "model").ShouldBe("ApiError 404 ");
        Error(result, "credit").ShouldBe("ApiError 402 ");
        Error(result, "request").ShouldBe("ApiError 422 ");
        Error(result, "inside").ShouldStartWith("Error");
    }

    /// <summary>What all clients are asked alike.</summary>
    private static void ShouldAnswer(JsonElement result, string reason)
    {
        foreach (var way in (string[])["whole", "streamed"])
        {
            result.GetProperty(way).GetProperty("text").GetString().ShouldBe("This is a simulated answer to: Hello");
            result.GetProperty(way).GetProperty("reason").GetString().ShouldBe(reason);
        }
        result.GetProperty("split").GetProperty("text").GetString()!.ShouldContain("chào 👋");
        result.GetProperty("afterTool").GetString().ShouldBe("The tool has answered.");
        result.GetProperty("seen").GetString()!.ShouldStartWith("I see 1 image.");
    }

    private static string Tool(JsonElement result)
    {
        var tool = result.GetProperty("tool");
        return $"{tool.GetProperty("name").GetString()} {tool.GetProperty("arguments").GetRawText()} {tool.GetProperty("reason").GetString()}";
    }

    private static int Status(JsonElement result, string name) => result.GetProperty("errors").GetProperty(name).GetProperty("status").GetInt32();

    private static string Error(JsonElement result, string name)
    {
        var error = result.GetProperty("errors").GetProperty(name);
        return $"{error.GetProperty("name")} {error.GetProperty("status")} {error.GetProperty("code")}";
    }

    private static async Task<JsonElement> RunAsync(string package, string script, params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", package)))
            Assert.Skip($"The npm package '{package}' is not installed: npm ci --prefix tests/Atrium.Ai.Tests/npm");
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, script + ".mjs"), .. arguments])
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
