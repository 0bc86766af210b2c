using System.Text;
using Atrium.Accounts.Passwords;

namespace Atrium.Accounts.Tests.Passwords;

public sealed class PasswordHashTests
{
    private const int Cost = 4;

    [Fact]
    [Keeps("Z-101")]
    [Asvs("6.2.5")]
    public void Every_one_of_128_characters_counts()
    {
        var password = string.Concat(Enumerable.Range(0, 128).Select(index => (char)('!' + index % 90)));
        var stored = PasswordHash.Create(password, Cost);

        PasswordHash.Verify(password, stored, Cost).ShouldBe(PasswordVerdict.Right);
        foreach (var position in new[] { 0, 71, 72, 73, 100, 127 })
            PasswordHash.Verify(password[..position] + "~" + password[(position + 1)..], stored, Cost).ShouldBe(PasswordVerdict.Wrong, $"character {position}");
        PasswordHash.Verify(password[..127], stored, Cost).ShouldBe(PasswordVerdict.Wrong);
    }

    [Theory]
    [InlineData("nul\0in the middle", "nul\0somewhere else")]
    [InlineData("クライアントの秘密の言葉", "クライアントの秘密の言葉!")]
    [InlineData("🐎🔋📎 correct horse", "🐎🔋📏 correct horse")]
    [InlineData("  spaces around  ", "spaces around")]
    [Asvs("6.2.8")]
    public void Any_text_is_a_password_and_is_itself_only(string password, string other)
    {
        var stored = PasswordHash.Create(password, Cost);

        PasswordHash.Verify(password, stored, Cost).ShouldBe(PasswordVerdict.Right);
        PasswordHash.Verify(other, stored, Cost).ShouldBe(PasswordVerdict.Wrong);
    }

    [Fact]
    public void Two_keyboards_spelling_one_letter_differently_type_the_same_password() =>
        PasswordHash.Verify("contrase\u006e\u0303a larga", PasswordHash.Create("contrase\u00f1a larga", Cost), Cost).ShouldBe(PasswordVerdict.Right);

    [Theory]
    [InlineData("2a")]
    [InlineData("2b")]
    [InlineData("2y")]
    public void A_plain_hash_of_an_older_system_is_right_but_outdated(string kind)
    {
        var plain = Bcrypt.Hash(Encoding.UTF8.GetBytes("an older password"), Cost).Replace("$2b$", $"${kind}$", StringComparison.Ordinal);

        PasswordHash.Verify("an older password", plain, Cost).ShouldBe(PasswordVerdict.RightButOutdated);
        PasswordHash.Verify("an other password", plain, Cost).ShouldBe(PasswordVerdict.Wrong);
    }

    [Fact]
    public void Another_cost_is_right_but_outdated() =>
        PasswordHash.Verify("a good password", PasswordHash.Create("a good password", Cost), Cost + 1).ShouldBe(PasswordVerdict.RightButOutdated);

    [Fact]
    public void A_name_that_does_not_exist_costs_the_same_hash_and_matches_nothing()
    {
        var unmatchable = PasswordHash.Unmatchable(Cost);

        Bcrypt.CostOf(unmatchable["v1".Length..]).ShouldBe(Cost);
        SystemCrypt.Hash("x"u8.ToArray(), unmatchable["v1".Length..]).ShouldStartWith("$2b$04$......................");
        PasswordHash.Verify("", unmatchable, Cost).ShouldBe(PasswordVerdict.Wrong);
        PasswordHash.Verify("anything at all", unmatchable, Cost).ShouldBe(PasswordVerdict.Wrong);
    }

    [Fact]
    public void A_stored_bcrypt_hash_is_no_password() =>
        PasswordHash.Verify(PasswordHash.Create("a good password", Cost), PasswordHash.Create("a good password", Cost), Cost).ShouldBe(PasswordVerdict.Wrong);
}
