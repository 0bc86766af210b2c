using System.Text;
using Atrium.Accounts.Passwords;
using Org.BouncyCastle.Crypto.Generators;

namespace Atrium.Accounts.Tests.Passwords;

public sealed class BcryptTests
{
    /// <summary>Published with crypt_blowfish 1.3 (wrapper.c, public domain) and John the Ripper's self-test.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW" },
        { "U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK" },
        { "U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a" },
        { "", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy" },
        { "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored", "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui" },
    };

    [Theory, MemberData(nameof(Vectors))]
    public void Gives_the_published_answers(string phrase, string hash)
    {
        Bcrypt.Verify(Encoding.UTF8.GetBytes(phrase), hash).ShouldBeTrue();
        OpenBsdBCrypt.CheckPassword(hash, phrase.ToCharArray()).ShouldBeTrue();
        Bcrypt.Verify(Encoding.UTF8.GetBytes("x" + phrase), hash).ShouldBeFalse();
    }

    [Fact]
    public void The_systems_library_and_the_managed_one_agree()
    {
        SystemCrypt.IsUsable.ShouldBeTrue("libxcrypt is missing");
        var random = new Random(20261120);
        for (var round = 0; round < 200; round++)
        {
            var phrase = Encoding.ASCII.GetBytes([.. Enumerable.Range(0, random.Next(0, 100)).Select(_ => (char)random.Next(33, 127))]);
            var ours = Bcrypt.Hash(phrase, 4);
            OpenBsdBCrypt.CheckPassword(ours, Encoding.ASCII.GetChars(phrase)).ShouldBeTrue(ours);
            var salt = new byte[16];
            random.NextBytes(salt);
            var theirs = OpenBsdBCrypt.Generate(random.Next(2) == 0 ? "2b" : "2y", Encoding.ASCII.GetChars(phrase), salt, 4);
            Bcrypt.Verify(phrase, theirs).ShouldBeTrue(theirs);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$2a$05$short")]
    [InlineData("$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2a$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW\n")]
    [InlineData("$1$abcdefgh$abcdefghijklmnopqrstuv")]
    [InlineData("*0")]
    public void Refuses_what_is_no_hash_of_a_sane_cost(string hash) => Bcrypt.Verify("U*U"u8.ToArray(), hash).ShouldBeFalse();
}
