using Atrium.Assistant.Conversations;

namespace Atrium.Assistant.Tests;

public sealed class TitleRuleTests
{
    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("\n\n## How to **fold** a `list`?\nMore", "How to fold a list?")]
    [InlineData("- first\n- second", "first")]
    [InlineData("```python\nprint(1)\n```", "print(1)")]
    [InlineData("   ", "")]
    [InlineData("One sentence that is a good deal longer than sixty letters, as people write", "One sentence that is a good deal longer than sixty letters…")]
    public void A_title_is_the_first_line_cut_at_a_word(string message, string title) => ConversationTitle.FromMessage(message).ShouldBe(title);

    [Fact]
    public void A_title_never_ends_in_half_a_letter()
    {
        var title = ConversationTitle.FromMessage(string.Concat(Enumerable.Repeat("👍", 100)));

        title.Length.ShouldBeLessThanOrEqualTo(60);
        title.EnumerateRunes().ShouldAllBe(rune => rune.Value == 0x1F44D || rune.Value == '…');
    }

    [Theory]
    [InlineData("\"Folding Lists.\"", "Folding Lists")]
    [InlineData("Title: Folding lists\n", "Folding lists")]
    [InlineData("# «Listas»", "Listas")]
    [InlineData("", null)]
    [InlineData("\n \n", null)]
    public void A_models_title_is_tidied(string answer, string? title) => ConversationTitle.FromModel(answer).ShouldBe(title);

    [Fact]
    public void A_model_that_talks_instead_of_naming_gives_no_title() => ConversationTitle.FromModel(new string('a', 101)).ShouldBeNull();
}
