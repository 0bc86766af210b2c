using System.Text;
using System.Text.Json;
using Atrium.Assistant.Imports;

namespace Atrium.Assistant.Tests;

public sealed class JsonElementsTests
{
    public static TheoryData<string, string[]> Lists() => new()
    {
        { "[]", [] },
        { "  [ ]", [] },
        { "[{}]", ["{}"] },
        { "\uFEFF[{\"a\":1} , {\"b\":[1,2,{\"c\":\"]}\"}]}]", ["{\"a\":1}", "{\"b\":[1,2,{\"c\":\"]}\"}]}"] },
        { "[{\"a\":\"\\\"}{\\\\\"},{\"b\":\"ü👍\"}]tail", ["{\"a\":\"\\\"}{\\\\\"}", "{\"b\":\"ü👍\"}"] },
        { "{\"mapping\":{\"a\":[]}} {\"second\":1}", ["{\"mapping\":{\"a\":[]}}"] },
        { "[[1],{\"a\":", ["[1]", "{\"a\":"] },
        { "[7, {\"a\":1},null,\"x{\",{\"b\":2}]", ["7, ", "{\"a\":1}", "null,\"x{\",", "{\"b\":2}"] },
        { "[{\"long\":\"0123456789012345678901234567890123456789\"},{\"a\":2}]", ["too long", "{\"a\":2}"] },
        { "[{\"long\":\"0123456789012345678901234567890123456789", ["too long"] },
    };

    [Theory, MemberData(nameof(Lists))]
    public async Task Elements_are_found_however_the_bytes_arrive(string json, string[] elements)
    {
        foreach (var step in new[] { 1, 2, 3, 7, 1000 })
            (await ReadAsync(Encoding.UTF8.GetBytes(json), step)).ShouldBe(elements, Case.Sensitive, $"{step} bytes at a time");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public async Task What_begins_otherwise_is_no_export(string json) =>
        (await Should.ThrowAsync<ImportRefusedException>(() => ReadAsync(Encoding.UTF8.GetBytes(json), 5))).Code.ShouldBe("not-an-export");

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""", "😀")]
    [InlineData("""{"a":"\ud83d"}""", "\uFFFD")]
    [InlineData("""{"a":"\ud83d\u0041"}""", "\uFFFDA")]
    [InlineData("""{"a":"\ude00\ud83d\ude00\ud83d"}""", "\uFFFD😀\uFFFD")]
    [InlineData("""{"a":"\\ud83d \\\ud83d"}""", "\\ud83d \\\uFFFD")]
    [InlineData("""{"a":"plain"}""", "plain")]
    public void Cut_letters_are_mended_and_others_left(string json, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        JsonRepair.Mend(bytes);

        JsonDocument.Parse(bytes).RootElement.GetProperty("a").GetString().ShouldBe(expected);
    }

    [Fact]
    public void Bytes_that_are_no_text_become_question_marks()
    {
        byte[] bytes = [.. "{\"a\":\"x"u8, 0xC3, 0xFF, 0xE2, 0x82, .. "y\"}"u8];

        JsonRepair.Mend(bytes);

        JsonDocument.Parse(bytes).RootElement.GetProperty("a").GetString().ShouldBe("x????y");
    }

    [Fact]
    public void A_tree_is_made_of_whatever_is_said_about_parents()
    {
        var (ordered, cut) = ImportTree.Order(new Dictionary<string, string?> { ["c"] = "b", ["b"] = "a", ["a"] = null, ["x"] = "z", ["y"] = "x", ["z"] = "y", ["self"] = "self", ["lost"] = "gone" });

        ordered.ShouldBe([("a", null), ("b", "a"), ("c", "b"), ("y", null), ("z", "y"), ("x", "z"), ("self", null), ("lost", null)]);
        cut.ShouldBe(3);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_is_no_danger()
    {
        var parents = Enumerable.Range(0, 100_000).ToDictionary(index => $"{index}", index => index == 99_999 ? null : $"{index + 1}");

        var (ordered, cut) = ImportTree.Order(parents);

        cut.ShouldBe(0);
        ordered[0].Key.ShouldBe("99999");
        ordered.Count.ShouldBe(100_000);
    }

    [Fact]
    public void Ids_are_the_same_for_the_same_and_sort_by_time()
    {
        var (one, other) = (Guid.Parse("018f0000-0000-7000-8000-000000000001"), Guid.Parse("018f0000-0000-7000-8000-000000000002"));
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1_736_209_400_500);

        var id = StableId.Of(one, "chatgpt:x", "message:a", time);

        StableId.Of(one, "chatgpt:x", "message:a", time).ShouldBe(id);
        new[] { StableId.Of(other, "chatgpt:x", "message:a", time), StableId.Of(one, "chatgpt:y", "message:a", time), StableId.Of(one, "chatgpt:x", "message:b", time) }.ShouldNotContain(id);
        id.Version.ShouldBe(7);
        id.ToString().ShouldStartWith(Guid.CreateVersion7(time).ToString()[..13]);
    }

    private static async Task<List<string>> ReadAsync(byte[] bytes, int step)
    {
        var found = new List<string>();
        await foreach (var slice in new JsonElements(new SmallSteps(bytes, step), mostBytes: 40).ReadAsync(default))
            found.Add(slice.Bytes is { } element ? Encoding.UTF8.GetString(element.WrittenSpan) : "too long");
        return found;
    }

    private sealed class SmallSteps(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
