using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>A call that works with every key which may make it.</summary>
/// <param name="Scope">What the endpoint is called in a key's scope.</param>
/// <param name="Body">Null: it is a GET.</param>
internal sealed record ApiCallSample(string Scope, string Path, object? Body, bool IsAnthropic = false);

internal static class ApiCalls
{
    public static readonly IReadOnlyList<ApiCallSample> All =
    [
        new("chat", "/v1/chat/completions", Programs.Chat("Hello", "gpt-5.4")),
        new("responses", "/v1/responses", new { model = "gpt-5.4", input = "Hello" }),
        new("messages", "/v1/messages", new { model = "gpt-5.4", max_tokens = 50, messages = new[] { new { role = "user", content = "Hello" } } }, IsAnthropic: true),
        new("embeddings", "/v1/embeddings", new { model = "text-embedding-3-small", input = "Hello" }),
        new("images", "/v1/images/generations", new { model = "gpt-image-2", prompt = "Hello" }),
        new("models", "/v1/models", null),
    ];

    /// <summary>A failure in the form of a program's format, and in no other.</summary>
    public static void ShouldBeFailure(JsonElement body, bool isAnthropic, string code, string openAiType, string anthropicType)
    {
        var error = body.GetProperty("error");
        error.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        error.GetProperty("type").GetString().ShouldBe(isAnthropic ? anthropicType : openAiType, body.ToString());
        if (isAnthropic)
        {
            body.GetProperty("type").GetString().ShouldBe("error");
            error.TryGetProperty("code", out _).ShouldBeFalse();
        }
        else
        {
            body.TryGetProperty("type", out _).ShouldBeFalse();
            error.GetProperty("code").GetString().ShouldBe(code);
            error.TryGetProperty("param", out _).ShouldBeTrue();
        }
    }
}
