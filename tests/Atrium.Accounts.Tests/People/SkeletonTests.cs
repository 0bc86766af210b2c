using Atrium.Accounts.People;
using Atrium.Testing;

namespace Atrium.Accounts.Tests.People;

public sealed class SkeletonTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory]
    [InlineData("paypel", "рауреl")]
    [InlineData("scope", "ѕсоре")]
    [InlineData("komo", "κομο")]
    [InlineData("aida", "αιdα")]
    [InlineData("bill", "bi1l")]
    [InlineData("Ivan", "lvan")]
    [InlineData("zoo", "z00")]
    [InlineData("modern", "modem")]
    [InlineData("VICTOR", "ѴІСТОR")]
    [InlineData("code9", "code٩")]
    public void Names_that_look_the_same_have_the_same(string one, string other) => LookOf(other).ShouldBe(LookOf(one));

    [Theory]
    [InlineData("anna", "hanna")]
    [InlineData("jose", "josé")]
    [InlineData("nguyen", "nguyễn")]
    [InlineData("mira", "mina")]
    [InlineData("user2", "user3")]
    public void Names_that_look_different_have_not(string one, string other) => LookOf(other).ShouldNotBe(LookOf(one));

    [Theory]
    [InlineData("dіszi")]
    [InlineData("D1szi")]
    [InlineData("ziІy")]
    [InlineData("аdmin")]
    [InlineData("ΑDMIN")]
    [InlineData("adrnin")]
    [InlineData("atr1um")]
    [InlineData("supp0rt")]
    [InlineData("moderat۰r")]
    public async Task Nobody_can_look_like_the_house_or_its_personas(string username)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        await house.AdminAsync();

        (await (await house.Client.PostAsync("/api/register", new { username, password = TestHouse.Password })).FieldsAsync()).ShouldBe(["username"]);
    }

    [Theory, BothEngines]
    public async Task Of_two_people_who_would_look_the_same_the_second_chooses_another_name(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        await house.AdminAsync();
        Task<string> RegisterAsync(string username) => house.Client.PostAsync("/api/register", new { username, password = TestHouse.Password }).OutcomeAsync();

        (await RegisterAsync("Sophie-Coe")).ShouldBe("201");
        (await RegisterAsync("Ѕорһіе-Сое")).ShouldBe("409 username-taken");
        (await RegisterAsync("s0phie-c0e")).ShouldBe("409 username-taken");
        (await RegisterAsync("Sophia-Coe")).ShouldBe("201");
    }

    private static string LookOf(string name)
    {
        Username.TryNormalize(name, out var username).ShouldBeTrue(name);
        return Skeleton.Of(Username.Fold(username!));
    }
}
