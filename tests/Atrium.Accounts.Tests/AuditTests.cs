using System.Net.Http.Json;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests;

public sealed class AuditTests
{
    [Theory, BothEngines]
    [Keeps("L-071")]
    [Asvs("16.3.1", "16.3.3", "16.2.1", "16.2.2")]
    public async Task What_people_and_admins_do_with_accounts_is_written_down_without_secrets(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        const string next = "another horse, another battery";

        await house.Client.PostAsync("/api/login", new { username = person.Username, password = "wrong-password-typed" });
        await house.Client.PostAsync("/api/login", new { username = "secret-typed-as-name", password = "wrong-password-typed" });
        await house.Client.PostAsync("/api/login", new { username = person.Username, password = TestHouse.Password });
        await person.Client.DeleteAsync("/api/sessions");
        await person.Client.PostAsync("/api/me/password", new { currentPassword = TestHouse.Password, newPassword = next });
        await person.Client.PostAsync("/api/logout", null);
        var invitation = await admin.Client.PostAsync("/api/admin/invitations", new { }).JsonAsync();
        await admin.Client.DeleteAsync($"/api/admin/invitations/{invitation.GetProperty("id").GetGuid()}");
        await admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { role = "developer", suspended = true });
        await admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { suspended = false });

        var rows = await house.Services.GetRequiredService<Database>().QueryAsync<Written>("SELECT action, actor_id, target, network, details FROM platform_audit ORDER BY sequence", null, default);
        rows.Select(row => row.Action["accounts.".Length..]).ShouldBe(
            ["registered", "registered", "sign-in-failed", "sign-in-failed", "signed-in", "other-sessions-ended", "password-changed", "signed-out", "invitation-made", "invitation-taken-back", "role-changed", "suspended", "reinstated"]);
        rows.ShouldAllBe(row => row.Network == "127.0.0.1");
        rows[1].ActorId.ShouldBe(person.Id);
        (rows[2].ActorId, rows[2].Target).ShouldBe((null, person.Id.ToString()));
        rows[3].Target.ShouldBeNull();
        rows[10].ShouldSatisfyAllConditions(row => row.ActorId.ShouldBe(admin.Id), row => row.Target.ShouldBe(person.Id.ToString()), row => row.Details.ShouldBe("""{"from":"user","to":"developer"}"""));
        var all = string.Join('\n', rows.Select(row => row.ToString()));
        foreach (var secret in new[] { "wrong-password-typed", "secret-typed-as-name", TestHouse.Password, next, invitation.GetProperty("token").GetString()!, person.Token })
            all.ShouldNotContain(secret);
    }

    [Theory, BothEngines]
    [Asvs("2.3.3")]
    public async Task A_change_that_fails_leaves_no_row(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var admin = await house.AdminAsync();

        (await admin.Client.PatchAsJsonAsync($"/api/admin/people/{admin.Id}", new { role = "user" }).OutcomeAsync()).ShouldBe("409 last-admin");
        (await house.Client.PostAsync("/api/register", new { username = admin.Username, password = TestHouse.Password }).OutcomeAsync()).ShouldBe("409 username-taken");
        (await admin.Client.DeleteAsync($"/api/sessions/{Guid.CreateVersion7()}").OutcomeAsync()).ShouldBe("404 not-found");

        (await house.Services.GetRequiredService<Database>().ScalarAsync<long>("SELECT COUNT(*) FROM platform_audit", null, default)).ShouldBe(1);
    }

    private sealed record Written
    {
        public required string Action { get; init; }

        public Guid? ActorId { get; init; }

        public string? Target { get; init; }

        public required string Network { get; init; }

        public required string Details { get; init; }
    }
}
