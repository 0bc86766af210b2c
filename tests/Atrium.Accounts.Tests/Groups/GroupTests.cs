using System.Net.Http.Json;
using Atrium.Testing;

namespace Atrium.Accounts.Tests.Groups;

public sealed class GroupTests(HousePair houses) : IClassFixture<HousePair>
{
    private static async Task<Guid> MakeAsync(TestPerson admin, string name, bool takesNewPeople = false) =>
        (await admin.Client.PostAsync("/api/admin/groups", new { name, takesNewPeople }).JsonAsync()).GetProperty("id").GetGuid();

    private static async Task<IReadOnlyList<string?>> GroupsOfAsync(TestPerson person) =>
        [.. (await person.Client.GetAsync("/api/me/groups").JsonAsync()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString())];

    [Theory, BothEngines]
    public async Task People_join_and_leave_and_a_second_time_changes_nothing(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        var id = await MakeAsync(admin, "Gardeners " + person.Username);

        (await admin.Client.PutAsync($"/api/admin/groups/{id}/members/{person.Id}", null).OutcomeAsync()).ShouldBe("204");
        (await admin.Client.PutAsync($"/api/admin/groups/{id}/members/{person.Id}", null).OutcomeAsync()).ShouldBe("204");
        (await GroupsOfAsync(person)).ShouldBe(["Gardeners " + person.Username]);
        var member = (await admin.Client.GetAsync($"/api/admin/groups/{id}/members").JsonAsync()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        member.GetProperty("username").GetString().ShouldBe(person.Username);

        (await admin.Client.DeleteAsync($"/api/admin/groups/{id}/members/{person.Id}").OutcomeAsync()).ShouldBe("204");
        (await admin.Client.DeleteAsync($"/api/admin/groups/{id}/members/{person.Id}").OutcomeAsync()).ShouldBe("404 not-found");
        (await GroupsOfAsync(person)).ShouldBeEmpty();
        (await admin.Client.PutAsync($"/api/admin/groups/{id}/members/{Guid.Empty}", null).OutcomeAsync()).ShouldBe("404 not-found");
        (await admin.Client.PutAsync($"/api/admin/groups/{Guid.Empty}/members/{person.Id}", null).OutcomeAsync()).ShouldBe("404 not-found");
        (await admin.Client.GetAsync($"/api/admin/groups/{Guid.Empty}/members").OutcomeAsync()).ShouldBe("404 not-found");
    }

    [Theory, BothEngines]
    public async Task A_group_that_takes_new_people_has_everybody_who_comes(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var admin = await house.AdminAsync();
        var before = await house.PersonAsync();
        await MakeAsync(admin, "Everybody", takesNewPeople: true);
        await MakeAsync(admin, "Cellar");

        (await GroupsOfAsync(await house.PersonAsync())).ShouldBe(["Everybody"]);
        (await GroupsOfAsync(before)).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_name_is_there_once_in_any_case_and_a_dissolved_group_leaves_its_people(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var admin = await house.AdminAsync();
        var id = await MakeAsync(admin, "Kitchen");
        var other = await MakeAsync(admin, "Hall");
        await admin.Client.PutAsync($"/api/admin/groups/{id}/members/{admin.Id}", null);

        (await admin.Client.PostAsync("/api/admin/groups", new { name = " kITCHEN " }).OutcomeAsync()).ShouldBe("409 group-name-taken");
        (await admin.Client.PatchAsJsonAsync($"/api/admin/groups/{other}", new { name = "KITCHEN" }).OutcomeAsync()).ShouldBe("409 group-name-taken");
        var changed = await admin.Client.PatchAsJsonAsync($"/api/admin/groups/{other}", new { takesNewPeople = true }).JsonAsync();
        (changed.GetProperty("name").GetString(), changed.GetProperty("takesNewPeople").GetBoolean()).ShouldBe(("Hall", true));
        var listed = (await admin.Client.GetAsync("/api/admin/groups?limit=1").JsonAsync()).GetProperty("next").GetGuid();
        (await admin.Client.GetAsync($"/api/admin/groups?cursor={listed}").JsonAsync()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("members").GetInt64()).ShouldBe([1]);

        (await admin.Client.DeleteAsync($"/api/admin/groups/{id}").OutcomeAsync()).ShouldBe("204");
        (await admin.Client.DeleteAsync($"/api/admin/groups/{id}").OutcomeAsync()).ShouldBe("404 not-found");
        (await admin.Client.PatchAsJsonAsync($"/api/admin/groups/{id}", new { name = "x" }).OutcomeAsync()).ShouldBe("404 not-found");
        (await GroupsOfAsync(admin)).ShouldBeEmpty();
        (await admin.Client.GetAsync("/api/admin/audit?action=accounts.group-dissolved").JsonAsync()).GetProperty("items").GetArrayLength().ShouldBe(1);
    }
}
