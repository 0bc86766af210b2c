namespace Atrium.Edits.Tests.Formats;

public sealed class StrReplaceTests
{
    [Theory]
    [InlineData("""{"path":"src/app.js","old_str":"a","new_str":"x"}""")]
    [InlineData("""{"command":"str_replace","path":"/src/app.js","old_str":"a","new_str":"x"}""")]
    [InlineData("""{"file_path":"src/app.js","old_string":"a","new_string":"x","replace_all":false}""")]
    [InlineData("""{"file_path":"src/app.js","edits":[{"old_string":"a","new_string":"x"}]}""")]
    [InlineData("""{"edits":[{"oldText":"a","newText":"x"}],"path":"src/app.js"}""")]
    [InlineData("""[{"path":"src/app.js","search":"a","replace":"x"}]""")]
    [InlineData("""{"type":"tool_use","id":"1","name":"str_replace_based_edit_tool","input":{"command":"str_replace","path":"src/app.js","old_str":"a","new_str":"x"}}""")]
    [InlineData("""{"tool_calls":[{"function":{"name":"edit","arguments":"{\"path\":\"src/app.js\",\"old_str\":\"a\",\"new_str\":\"x\"}"}}]}""")]
    [InlineData("""{"op":"replace","path":"src/app.js","old":"a","new":"x"}""")]
    [InlineData("""{"operations":[{"op":"insert_after","anchor":"a","text":"tmp"},{"op":"delete","old":"a"},{"op":"replace","old":"b","new":"b"}],"path":"src/app.js"}""", "tmp\nb\n")]
    [InlineData("""{"command":"insert","path":"src/app.js","insert_line":1,"new_str":"x"}""", "a\nx\nb\n")]
    [InlineData("""{"command":"create","path":"src/app.js","file_text":"a\nb\n"}""", null)]
    [InlineData("```json\n{\"path\":\"src/app.js\",\"old_str\":\"a\",\"new_str\":\"x\"}\n```")]
    [InlineData("Here:\n{\"path\":\"src/app.js\",\"old_str\":\"a\",\"new_str\":\"x\"}\nDone.")]
    [InlineData("{\"path\":\"src/app.js\",\"old_str\":\"a\nb\",\"new_str\":\"x\nb\"}")]
    public void Reads_the_calls_of_the_known_tool_families(string answer, string? expected = "x\nb\n")
    {
        var result = Call.Apply("a\nb\n", EditFormat.StrReplace, answer);

        if (expected is null)
            result.Status.ShouldBe(EditStatus.Unchanged);
        else
            result.Content().ShouldBe(expected);
    }

    [Fact]
    public void Replaces_as_many_places_as_expected() =>
        Call.Apply("a a\n", EditFormat.StrReplace, """{"old_string":"a","new_string":"b","expected_replacements":2}""").Content().ShouldBe("b b\n");

    [Theory]
    [InlineData("""{"path":"src/app.js","old_str":"a"}""")]
    [InlineData("""{"path":"src/app.js","old_str":5,"new_str":"x"}""")]
    [InlineData("""{"path":"src/app.js","old_str":"a","new_str":"x","replace_all":"perhaps"}""")]
    [InlineData("""{"path":"src/app.js","old_str":"a","new_str":"x" """)]
    [InlineData("""{"command":"view","path":"src/app.js"}""")]
    [InlineData("""["text"]""")]
    [InlineData("""{"old_str":"\ud800","new_str":"x"}""")]
    [InlineData("{}")]
    [InlineData("plain")]
    public void Refuses_a_wrong_structure(string answer) =>
        Call.Apply("a\nb\n", EditFormat.StrReplace, answer).Problem().Code.ShouldBe(EditProblemCode.Malformed);

    [Fact]
    public void Reads_the_hash_that_the_edit_was_made_for() =>
        Call.Apply("a\n", EditFormat.StrReplace, $$"""{"base_hash":"{{ContentHash.Of("other")}}","old_str":"a","new_str":"x"}""").Problem().Code.ShouldBe(EditProblemCode.Stale);
}
