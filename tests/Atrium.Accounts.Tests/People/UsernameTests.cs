using Atrium.Accounts.People;

namespace Atrium.Accounts.Tests.People;

[Keeps("L-061")]
public sealed class UsernameTests
{
    [Theory]
    [InlineData("john_doe")]
    [InlineData("j.doe-2")]
    [InlineData("Ánh")]
    [InlineData("мира")]
    [InlineData("_under")]
    public void Takes_letters_of_every_script_digits_and_three_signs(string name)
    {
        Username.Refusal(name).ShouldBeNull();
        Username.TryNormalize(name, out var username).ShouldBeTrue();
        username.ShouldBe(name);
    }

    [Theory]
    [InlineData("", "at least 3")]
    [InlineData("ab", "at least 3")]
    [InlineData("white space", "only letters")]
    [InlineData("at@sign", "only letters")]
    [InlineData("abc\ud800", "only letters")]
    [InlineData("new\nline", "only letters")]
    [InlineData(".start", "full stop")]
    [InlineData("end.", "full stop")]
    [InlineData("two..stops", "full stop")]
    public void Says_which_rule_a_name_breaks(string name, string rule) => Username.Refusal(name).ShouldNotBeNull().ShouldContain(rule);

    [Fact]
    public void Has_3_to_64_characters_after_normalizing()
    {
        Username.Refusal(new string('a', 64)).ShouldBeNull();
        Username.Refusal(new string('a', 65)).ShouldNotBeNull().ShouldContain("at most 64");
        // One letter that is three when it is normalized.
        Username.Refusal(new string('\ufb03', 22)).ShouldNotBeNull().ShouldContain("at most 64");
    }
}
