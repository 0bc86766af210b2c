using System.Text.Json;

namespace Atrium.Edits.Tests.JsonLines;

public sealed class JsonLinesTests
{
    [Theory]
    [Keeps("B-123")]
    [InlineData("search-replace", "a.js\\n<<<<<<< SEARCH\\na\\n=======\\nx\\n>>>>>>> REPLACE\\n")]
    [InlineData("udiff", "--- a/a.js\\n+++ b/a.js\\n@@ -1 +1 @@\\n-a\\n+x\\n")]
    [InlineData("v4a", "*** Begin Patch\\n*** Update File: a.js\\n@@\\n-a\\n+x\\n*** End Patch")]
    [InlineData("whole", "a.js\\n```\\nx\\n```\\n")]
    [InlineData("auto", "*** Begin Patch\\n*** Update File: a.js\\n@@\\n-a\\n+x\\n*** End Patch")]
    public void Answers_with_the_new_files(string format, string edit)
    {
        var answer = Answer($$"""{"id":"7","files":{"a.js":"a\n","b.js":"b\n"},"format":"{{format}}","edit":"{{edit}}"}""");

        answer.GetProperty("id").GetString().ShouldBe("7");
        answer.GetProperty("status").GetString().ShouldBe("applied");
        answer.GetProperty("files").GetRawText().ShouldBe("""{"a.js":"x\n"}""");
        answer.TryGetProperty("error", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"old_str":"a","new_str":"x"}""", "applied")]
    [InlineData("""[{"path":"a.js","old":"a","new":"x"},{"path":"a.js","op":"insert_after","anchor":"b","text":"c"}]""", "applied")]
    [InlineData("""{"old_str":"a","new_str":"a"}""", "unchanged")]
    [InlineData("""{"old_str":"missing","new_str":"x"}""", "refused")]
    public void Takes_operations_as_json(string edit, string status) =>
        Answer($$"""{"id":1,"files":{"a.js":"a\nb\n"},"format":"str-replace","edit":{{edit}}}""").GetProperty("status").GetString().ShouldBe(status);

    [Fact]
    public void Explains_a_refusal_for_the_model_and_for_the_person()
    {
        var error = Answer("""{"id":1,"files":{"a.js":"a\na\n"},"format":"str-replace","edit":{"old_str":"a","new_str":"x"}}""").GetProperty("error");

        error.GetProperty("code").GetString().ShouldBe("Ambiguous");
        error.GetProperty("lines").GetRawText().ShouldBe("[1,2]");
        error.GetProperty("message").GetString()!.ShouldContain("2 times, at lines 1, 2");
        error.GetProperty("summary").GetString()!.ShouldContain("2 places");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"id\":5}")]
    [InlineData("{\"id\":5,\"files\":[]}")]
    [InlineData("{\"id\":5,\"files\":{\"a\":1},\"edit\":\"x\"}")]
    [InlineData("{\"id\":5,\"files\":{\"a\":\"x\"},\"format\":\"xml\",\"edit\":\"x\"}")]
    [InlineData("{\"id\":5,\"files\":{\"a\":\"x\"},\"format\":4,\"edit\":\"x\"}")]
    [InlineData("{\"id\":5,\"files\":{\"a\":\"x\"}}")]
    [InlineData("{\"id\":5,\"files\":{\"a\":\"x\"},\"edit\":7}")]
    [InlineData("{\"id\":5,\"files\":{\"a\":\"\\ud800\"},\"edit\":\"x\"}")]
    public void Answers_each_unreadable_line_with_a_refusal(string line)
    {
        var answer = Answer(line);

        answer.GetProperty("status").GetString().ShouldBe("refused");
        answer.GetProperty("error").GetProperty("code").GetString().ShouldBe("Malformed");
    }

    [Fact]
    public async Task Answers_line_by_line_without_reading_ahead()
    {
        using var output = new StringWriter();
        using var input = new CountingReader(output, 10_000);

        var count = await JsonLinesApplier.RunAsync(input, output);

        count.ShouldBe(10_000);
        input.MostWaiting.ShouldBeLessThanOrEqualTo(1);
    }

    private static JsonElement Answer(string line)
    {
        var answer = JsonLinesApplier.ApplyLine(line);
        answer.ShouldNotContain("\n");
        return JsonDocument.Parse(answer).RootElement;
    }

    /// <summary>Hands out lines and looks how many of them have no answer yet.</summary>
    private sealed class CountingReader(StringWriter output, int count) : TextReader
    {
        private int given;
        private int answered;
        private int seen;

        public int MostWaiting { get; private set; }

        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            var text = output.GetStringBuilder();
            for (; seen < text.Length; seen++)
                answered += text[seen] == '\n' ? 1 : 0;
            text.Clear();
            seen = 0;
            MostWaiting = Math.Max(MostWaiting, given - answered);
            return ValueTask.FromResult(given++ < count ? """{"id":1,"files":{"a.js":"a\n"},"format":"str-replace","edit":{"old_str":"a","new_str":"x"}}""" : null);
        }
    }
}
