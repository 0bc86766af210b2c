using System.Net.Http.Json;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.House;

public sealed class HouseRulesTests
{
    private readonly FakeClock clock = new();

    private Task<TestHouse> StartAsync(DatabaseEngine engine, string mode = "open") =>
        TestHouse.StartAsync(engine, new Dictionary<string, string> { ["REGISTRATION"] = mode }, services => services.AddSingleton<TimeProvider>(clock));

    private static Task<HttpResponseMessage> RegisterAsync(TestHouse house) => house.Client.PostAsync("/api/register", new { username = Answers.NewName(), password = TestHouse.Password });

    [Theory, BothEngines]
    public async Task An_admin_closes_the_door_and_opens_it_again(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();
        Task<string> ChooseAsync(string mode) => admin.Client.PutAsJsonAsync("/api/admin/house/registration", new { mode }).OutcomeAsync();

        (await ChooseAsync("closed")).ShouldBe("204");
        (await RegisterAsync(house).OutcomeAsync()).ShouldBe("403 registration-closed");
        (await house.Client.GetAsync("/api/house").JsonAsync()).GetProperty("registration").GetString().ShouldBe("closed");
        (await ChooseAsync("invite")).ShouldBe("204");
        (await RegisterAsync(house).OutcomeAsync()).ShouldBe("403 invitation-required");
        (await ChooseAsync("open")).ShouldBe("204");
        (await RegisterAsync(house).OutcomeAsync()).ShouldBe("201");
    }

    [Theory, BothEngines]
    public async Task What_the_operator_has_closed_an_admin_cannot_open(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine, "invite");
        var admin = await house.AdminAsync();

        (await (await admin.Client.PutAsJsonAsync("/api/admin/house/registration", new { mode = "open" })).FieldsAsync()).ShouldBe(["mode"]);
        (await (await admin.Client.PutAsJsonAsync("/api/admin/house/registration", new { })).FieldsAsync()).ShouldBe(["mode"]);
        (await RegisterAsync(house).OutcomeAsync()).ShouldBe("403 invitation-required");
        var registration = (await admin.Client.GetAsync("/api/admin/house").JsonAsync()).GetProperty("registration");
        registration.GetProperty("allowed").GetString().ShouldBe("invite");
    }

    [Theory, BothEngines]
    public async Task New_people_begin_as_admins_have_chosen(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();

        (await admin.Client.PutAsJsonAsync("/api/admin/house/new-people", new { role = "guest", locale = "vi", theme = "dark" }).OutcomeAsync()).ShouldBe("204");
        (await (await admin.Client.PutAsJsonAsync("/api/admin/house/new-people", new { role = "admin" })).FieldsAsync()).ShouldBe(["role"]);

        var user = (await RegisterAsync(house).JsonAsync()).GetProperty("user");
        user.GetProperty("role").GetString().ShouldBe("guest");
        user.GetProperty("preferences").GetProperty("locale").GetString().ShouldBe("vi");
        user.GetProperty("preferences").GetProperty("theme").GetString().ShouldBe("dark");
        user.GetProperty("preferences").GetProperty("enterSends").GetBoolean().ShouldBeTrue();
    }

    [Theory, BothEngines]
    public async Task An_announcement_is_read_by_everybody_until_its_time_is_over_or_it_is_taken_back(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        async Task<string?> ReadAsync() => (await person.Client.GetAsync("/api/notices").JsonAsync()).TryGetProperty("announcement", out var said) ? said.GetProperty("text").GetString() : null;
        Task<HttpResponseMessage> SayAsync(object wish) => admin.Client.PutAsJsonAsync("/api/admin/house/announcement", wish);

        (await ReadAsync()).ShouldBeNull();
        (await SayAsync(new { text = "Cake at four", tone = "warning", until = clock.GetUtcNow().AddHours(1) }).OutcomeAsync()).ShouldBe("204");
        (await ReadAsync()).ShouldBe("Cake at four");
        clock.Advance(TimeSpan.FromHours(1));
        (await ReadAsync()).ShouldBeNull();
        (await SayAsync(new { text = "More cake" }).OutcomeAsync()).ShouldBe("204");
        (await ReadAsync()).ShouldBe("More cake");
        (await admin.Client.DeleteAsync("/api/admin/house/announcement").OutcomeAsync()).ShouldBe("204");
        (await ReadAsync()).ShouldBeNull();

        (await (await SayAsync(new { text = "too late", until = clock.GetUtcNow() })).FieldsAsync()).ShouldBe(["until"]);
        (await (await SayAsync(new { text = "   " })).FieldsAsync()).ShouldBe(["text"]);
        (await (await SayAsync(new { text = new string('a', 501) })).FieldsAsync()).ShouldBe(["text"]);
        (await house.Client.GetAsync("/api/notices").OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    [Fact]
    public async Task Limits_are_listed_as_they_count()
    {
        await using var house = await StartAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();

        var limits = await admin.Client.GetAsync("/api/admin/limits").JsonAsync();

        limits.GetProperty("on").GetBoolean().ShouldBeFalse();
        var listed = limits.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("class").GetString()!, item => (item.GetProperty("requests").GetInt32(), item.GetProperty("seconds").GetInt32(), item.GetProperty("by").GetString()));
        listed["register"].ShouldBe((5, 60, "address"));
        listed["sign-in"].ShouldBe((10, 60, "address"));
        listed["chat"].ShouldBe((30, 60, "person"));
        listed["moments"].ShouldBe((20, 60, "person"));
        listed.ShouldNotContainKey("exempt");
    }
}
