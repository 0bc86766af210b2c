using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.People;

public sealed class InvitationTests
{
    private readonly FakeClock clock = new();

    private Task<TestHouse> StartAsync(DatabaseEngine engine, string mode = "invite") =>
        TestHouse.StartAsync(engine, new Dictionary<string, string> { ["REGISTRATION"] = mode }, services => services.AddSingleton<TimeProvider>(clock));

    private static Task<HttpResponseMessage> RegisterAsync(TestHouse house, string invitation) =>
        house.Client.PostAsync("/api/register", new { username = Answers.NewName(), password = TestHouse.Password, invitation });

    private static async Task<(Guid Id, string Token)> InviteAsync(TestPerson admin, object wish)
    {
        var made = await admin.Client.PostAsync("/api/admin/invitations", wish).JsonAsync();
        return (made.GetProperty("id").GetGuid(), made.GetProperty("token").GetString()!);
    }

    [Theory, BothEngines]
    [Asvs("11.5.1")]
    public async Task Lets_one_person_in_once_with_its_role_and_is_stored_as_a_hash_only(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();
        var (_, token) = await InviteAsync(admin, new { role = "guest", note = "for Ánh" });

        var session = await RegisterAsync(house, token).JsonAsync();
        session.GetProperty("user").GetProperty("role").GetString().ShouldBe("guest");
        (await RegisterAsync(house, token).OutcomeAsync()).ShouldBe("403 invitation-invalid");

        var listed = (await admin.Client.GetAsync("/api/admin/invitations").JsonAsync()).GetProperty("items")[0];
        listed.GetProperty("usedBy").GetString().ShouldBe(session.GetProperty("user").GetProperty("username").GetString());
        listed.GetProperty("createdBy").GetString().ShouldBe(admin.Username);
        listed.GetRawText().ShouldNotContain(token);
        (await house.Services.GetRequiredService<Database>().QueryAsync<string>("SELECT token_hash FROM accounts_invitations", null, default)).ShouldHaveSingleItem().ShouldNotContain(token[4..]);
    }

    [Theory, BothEngines]
    public async Task Of_many_who_use_it_at_once_one_comes_in(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var (_, token) = await InviteAsync(await house.AdminAsync(), new { });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RegisterAsync(house, token).OutcomeAsync()));

        outcomes.Count(outcome => outcome == "201").ShouldBe(1, string.Join(", ", outcomes));
        (await house.Services.GetRequiredService<Database>().ScalarAsync<long>("SELECT COUNT(*) FROM accounts_people", null, default)).ShouldBe(2);
    }

    [Theory, BothEngines]
    public async Task Opens_nothing_when_it_is_too_old_taken_back_or_made_up(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();
        var (_, old) = await InviteAsync(admin, new { days = 1 });
        var (id, takenBack) = await InviteAsync(admin, new { days = 2 });
        (await admin.Client.DeleteAsync($"/api/admin/invitations/{id}").OutcomeAsync()).ShouldBe("204");
        (await admin.Client.DeleteAsync($"/api/admin/invitations/{id}").OutcomeAsync()).ShouldBe("404 not-found");

        clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond));
        var fresh = await InviteAsync(await AdminAgainAsync(house, admin), new { days = 1 });
        (await RegisterAsync(house, fresh.Token).OutcomeAsync()).ShouldBe("201");
        clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond));

        foreach (var token in new[] { old, takenBack, "inv_" + new string('A', 43), "" })
            (await RegisterAsync(house, token).OutcomeAsync()).ShouldBe("403 invitation-invalid");
    }

    [Theory]
    [InlineData("{\"role\":\"admin\"}", "role")]
    [InlineData("{\"days\":0}", "days")]
    [InlineData("{\"days\":91}", "days")]
    [InlineData("{\"note\":\"a\\u0000b\"}", "note")]
    public async Task Makes_no_admin_and_does_not_live_for_ever(string body, string field)
    {
        await using var house = await StartAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();

        (await (await admin.Client.SendTextAsync(HttpMethod.Post, "/api/admin/invitations", body)).FieldsAsync()).ShouldBe([field]);
    }

    [Fact]
    public async Task Opens_no_closed_house()
    {
        await using var house = await StartAsync(DatabaseEngine.Sqlite, "closed");
        var (_, token) = await InviteAsync(await house.AdminAsync(), new { });

        (await RegisterAsync(house, token).OutcomeAsync()).ShouldBe("403 registration-closed");
    }

    private static async Task<TestPerson> AdminAgainAsync(TestHouse house, TestPerson admin)
    {
        var session = await house.Client.PostAsync("/api/login", new { username = admin.Username, password = TestHouse.Password }).JsonAsync();
        return house.WithToken(session.GetProperty("token").GetString()!, admin.Id, admin.Username);
    }
}
