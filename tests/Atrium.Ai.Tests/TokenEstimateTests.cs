using Microsoft.Extensions.AI;

namespace Atrium.Ai.Tests;

public sealed class TokenEstimateTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("Hello", 1)]
    [InlineData("Hello, world!", 4)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10)]
    [InlineData("internationalization", 4)]
    [InlineData("1234567", 3)]
    [InlineData("世界你好", 4)]
    [InlineData("Привет", 3)]
    [InlineData("xin chào các bạn", 4)]
    [InlineData("if (x) {\n    return;\n}", 11)]
    [InlineData("👋🎉", 2)]
    public void Counts_by_the_rule(string? text, int tokens) => TokenEstimate.Text(text).ShouldBe(tokens);

    [Fact]
    public void Is_about_right_for_prose()
    {
        // Common tokenizers make 1.3 tokens of an English word on average.
        const string prose = "Every generation of engineers rediscovers that the simplest design which keeps its promises is also the one that survives. It is not the cleverest one.";
        var words = prose.Split(' ').Length;

        TokenEstimate.Text(prose).ShouldBeInRange(words, (int)(words * 1.7));
    }

    [Fact]
    public void Says_that_it_is_an_estimate()
    {
        var usage = TokenEstimate.Usage([new ChatMessage(ChatRole.User, "Hello")], "Hello there");

        usage.InputTokenCount.ShouldBe(5);
        usage.OutputTokenCount.ShouldBe(2);
        usage.TotalTokenCount.ShouldBe(7);
        usage.AdditionalCounts![UsageKeys.Estimated].ShouldBe(1);
    }

    [Fact]
    public void Counts_tool_calls_results_and_pictures()
    {
        var messages = new[]
        {
            new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "weather", new Dictionary<string, object?> { ["city"] = "Hue" })]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "sunny")]),
        };

        TokenEstimate.Messages(messages).ShouldBeInRange(810, 830);
    }
}
