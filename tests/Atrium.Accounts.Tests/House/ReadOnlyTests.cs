using System.Net.Http.Json;
using Atrium.Platform.Lifecycle;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.House;

public sealed class ReadOnlyTests
{
    public static TheoryData<DatabaseEngine> Postgres => TwoServers.Engine;

    private static Task<string> WriteAsync(TestPerson person) => person.Client.PatchAsJsonAsync("/api/me/preferences", new { theme = "dark" }).OutcomeAsync();

    [Theory, BothEngines]
    public async Task Stops_changes_of_everybody_but_admins_while_reading_and_signing_in_go_on(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();

        (await admin.Client.PutAsJsonAsync("/api/admin/house/read-only", new { reason = "Moving house" }).OutcomeAsync()).ShouldBe("204");

        (await WriteAsync(person)).ShouldBe("503 read-only");
        (await WriteAsync(admin)).ShouldBe("503 read-only");
        (await house.Client.PostAsync("/api/register", new { username = Answers.NewName(), password = TestHouse.Password }).OutcomeAsync()).ShouldBe("503 read-only");
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
        (await person.Client.GetAsync("/api/notices").JsonAsync()).GetProperty("readOnly").GetProperty("reason").GetString().ShouldBe("Moving house");
        (await house.Client.GetAsync("/api/house").JsonAsync()).GetProperty("banners").EnumerateArray().Select(banner => banner.GetString()).ShouldContain("read-only");
        (await house.Client.PostAsync("/api/login", new { username = person.Username, password = TestHouse.Password }).OutcomeAsync()).ShouldBe("200");
        (await admin.Client.PatchAsJsonAsync($"/api/admin/people/{person.Id}", new { role = "guest" }).OutcomeAsync()).ShouldBe("200");

        (await admin.Client.DeleteAsync("/api/admin/house/read-only").OutcomeAsync()).ShouldBe("204");
        (await WriteAsync(admin)).ShouldBe("200");
    }

    [Theory, BothEngines]
    public async Task Outlives_a_restart(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var admin = await house.AdminAsync();
        (await admin.Client.PutAsJsonAsync("/api/admin/house/read-only", new { }).OutcomeAsync()).ShouldBe("204");

        await house.RestartAsync();

        (await WriteAsync(house.WithToken(admin.Token, admin.Id, admin.Username))).ShouldBe("503 read-only");
    }

    [Theory, MemberData(nameof(Postgres))]
    public async Task Reaches_the_other_server_of_the_house(DatabaseEngine engine)
    {
        await using var pair = await TwoServers.StartAsync(engine);
        var admin = await pair.First.AdminAsync();
        var there = pair.Second.WithToken(admin.Token, admin.Id, admin.Username);

        (await admin.Client.PutAsJsonAsync("/api/admin/house/read-only", new { }).OutcomeAsync()).ShouldBe("204");

        var mode = pair.Second.Services.GetRequiredService<ReadOnlyMode>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (mode.Current is null)
            await Task.Delay(20, patience.Token);
        (await WriteAsync(there)).ShouldBe("503 read-only");
    }
}
