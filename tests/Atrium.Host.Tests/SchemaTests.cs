using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Host.Tests;

public sealed class SchemaTests
{
    private const string Applied = "SELECT COUNT(*) FROM platform_migrations";

    [Theory, BothEngines]
    [Keeps("Z-061", "L-041")]
    public async Task Is_applied_at_the_first_start_and_left_alone_at_the_next(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var first = await CountAsync(house);
        first.ShouldBeGreaterThan(4);

        await house.RestartAsync();

        (await CountAsync(house)).ShouldBe(first);
        (await house.AdminAsync()).Username.ShouldNotBeEmpty();
    }

    [Theory, BothEngines]
    [Keeps("Z-061")]
    public async Task Refuses_to_open_when_a_file_was_changed_after_it_was_applied(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        await house.Services.GetRequiredService<Database>().ExecuteAsync("UPDATE platform_migrations SET checksum = 'another' WHERE module = 'accounts'", null, default);

        // It refuses while it starts, or just after.
        (await Should.ThrowAsync<Exception>(house.RestartAsync)).ShouldSatisfyAllConditions(refusal => (refusal is InvalidOperationException or OperationCanceledException).ShouldBeTrue(refusal.Message));
        Environment.ExitCode = 0;
    }

    private static Task<long> CountAsync(TestHouse house) => house.Services.GetRequiredService<Database>().ScalarAsync<long>(Applied, null, default);
}
