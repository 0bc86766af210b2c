using System.Net.Http.Json;
using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.People;

public sealed class PeopleAdminTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory, BothEngines]
    public async Task Lists_people_newest_first_in_pages_and_finds_them_by_name_and_address(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var admin = await house.AdminAsync();
        var names = new List<string>();
        for (var number = 0; number < 5; number++)
            names.Insert(0, (await house.PersonAsync()).Username);
        await house.Client.PostAsync("/api/register", new { username = "Ánh_50", password = TestHouse.Password, email = "Some%Body@Example.org" });

        var listed = new List<string?>();
        for (var address = "/api/admin/people?limit=2"; ;)
        {
            var page = await admin.Client.GetAsync(address).JsonAsync();
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("username").GetString()));
            if (!page.TryGetProperty("next", out var next))
                break;
            address = "/api/admin/people?limit=2&cursor=" + next.GetString();
        }
        listed.ShouldBe(["Ánh_50", .. names, admin.Username]);

        async Task<int> FoundAsync(string text) => (await admin.Client.GetAsync("/api/admin/people?search=" + Uri.EscapeDataString(text)).JsonAsync()).GetProperty("items").GetArrayLength();
        (await FoundAsync("áNH")).ShouldBe(1);
        (await FoundAsync("BODY@example")).ShouldBe(1);
        (await FoundAsync("h_5")).ShouldBe(1);
        (await FoundAsync("_")).ShouldBe(1);
        (await FoundAsync("%")).ShouldBe(1);
        (await FoundAsync("nobody-has-this")).ShouldBe(0);
    }

    [Theory, BothEngines]
    [Keeps("Z-016")]
    public async Task A_role_counts_at_once_and_losing_rights_ends_the_sessions(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        Task<string> ChangeAsync(object change) => admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", change).OutcomeAsync();

        (await person.Client.GetAsync("/api/admin/people").OutcomeAsync()).ShouldBe("403 not-allowed");
        (await ChangeAsync(new { role = "admin" })).ShouldBe("200");
        (await person.Client.GetAsync("/api/admin/people").OutcomeAsync()).ShouldBe("200");
        (await ChangeAsync(new { role = "developer" })).ShouldBe("200");

        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        var again = await SignInAsync(house, person.Username);
        (await again.Client.GetAsync("/api/admin/people").OutcomeAsync()).ShouldBe("403 not-allowed");
        (await again.Client.GetAsync("/api/admin/proxy-check").OutcomeAsync()).ShouldBe("200");
    }

    [Theory, BothEngines]
    [Asvs("7.4.2")]
    public async Task A_suspended_person_is_out_at_once_and_stays_out_until_let_in_again(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        Task<string> SignInOutcomeAsync(string password) => house.Client.PostAsync("/api/login", new { username = person.Username, password }).OutcomeAsync();

        (await admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { suspended = true }).OutcomeAsync()).ShouldBe("200");
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        (await SignInOutcomeAsync(TestHouse.Password)).ShouldBe("403 suspended");
        (await SignInOutcomeAsync("a wrong password")).ShouldBe("401 sign-in-failed");
        (await house.Services.GetRequiredService<IPeople>().FindAsync(person.Id, default)).ShouldBeNull();

        (await admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { suspended = false }).OutcomeAsync()).ShouldBe("200");
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        (await SignInOutcomeAsync(TestHouse.Password)).ShouldBe("200");
    }

    [Theory, BothEngines]
    [Asvs("7.4.5")]
    public async Task Signs_a_person_out_everywhere_who_may_come_again(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        var elsewhere = await SignInAsync(house, person.Username);

        (await admin.Client.DeleteAsync($"/api/admin/people/{person.Id}/sessions").OutcomeAsync()).ShouldBe("204");

        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        (await elsewhere.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        (await (await SignInAsync(house, person.Username)).Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
        (await admin.Client.DeleteAsync($"/api/admin/people/{Guid.Empty}/sessions").OutcomeAsync()).ShouldBe("404 not-found");
    }

    [Theory, BothEngines]
    public async Task The_last_admin_stays_admin(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var admin = await house.AdminAsync();

        (await admin.Client.PatchAsJsonAsync($"/api/admin/people/{admin.Id}", new { role = "user" }).OutcomeAsync()).ShouldBe("409 last-admin");
        (await admin.Client.PatchAsJsonAsync($"/api/admin/people/{admin.Id}", new { suspended = true }).OutcomeAsync()).ShouldBe("409 last-admin");
        (await admin.Client.PatchAsJsonAsync($"/api/admin/people/{Guid.Empty}", new { role = "user" }).OutcomeAsync()).ShouldBe("404 not-found");
        (await (await admin.Client.PatchAsJsonAsync($"/api/admin/people/{admin.Id}", new { role = "owner" })).FieldsAsync()).ShouldBe(["role"]);
    }

    [Theory, BothEngines]
    public async Task Of_admins_who_demote_each_other_at_once_one_stays(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        for (var round = 0; round < 8; round++)
        {
            var first = round == 0 ? await house.AdminAsync() : await RemainingAdminAsync(house);
            var second = await house.PersonAsync();
            (await first.Client.PatchAsJsonAsync($"/api/admin/people/{second.Id}", new { role = "admin" }).OutcomeAsync()).ShouldBe("200");

            await Task.WhenAll(
                first.Client.PatchAsJsonAsync($"/api/admin/people/{second.Id}", new { role = "user" }),
                second.Client.PatchAsJsonAsync($"/api/admin/people/{first.Id}", new { role = "user" }));

            remaining = [first, second];
            (await RolesAsync(house)).Count(role => role == "admin").ShouldBe(1);
        }
    }

    private TestPerson[] remaining = [];

    private async Task<TestPerson> RemainingAdminAsync(TestHouse house)
    {
        foreach (var person in remaining)
        {
            var again = await SignInAsync(house, person.Username);
            if ((await again.Client.GetAsync("/api/me").JsonAsync()).GetProperty("role").GetString() == "admin")
                return again with { Id = person.Id };
        }
        throw new InvalidOperationException("No admin is left.");
    }

    private static async Task<IReadOnlyList<string>> RolesAsync(TestHouse house) =>
        await ((Platform.Data.Database)house.Services.GetService(typeof(Platform.Data.Database))!).QueryAsync<string>("SELECT role FROM accounts_people", null, default);

    private static async Task<TestPerson> SignInAsync(TestHouse house, string username)
    {
        var session = await house.Client.PostAsync("/api/login", new { username, password = TestHouse.Password }).JsonAsync();
        return house.WithToken(session.GetProperty("token").GetString()!, session.GetProperty("user").GetProperty("id").GetGuid(), username);
    }
}
