using System.Security.Cryptography;
using Atrium.Assistant.Instances;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

/// <summary>Two servers of one house on one PostgreSQL.</summary>
public sealed class InstanceTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    public static TheoryData<DatabaseEngine> Postgres => [new TheoryDataRow<DatabaseEngine>(DatabaseEngine.Postgres) { Skip = PostgresServer.IsGiven ? null : $"no PostgreSQL: {PostgresServer.Variable} is not set" }];

    [Theory, MemberData(nameof(Postgres))]
    public async Task A_second_server_leaves_the_firsts_answers_alone_until_the_first_is_dead(DatabaseEngine engine)
    {
        var (data, keys) = await PostgresServer.CreateDatabasesAsync();
        var settings = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = data,
            ["KEYS_DATABASE_URL"] = keys,
            ["JWT_SECRET"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
            ["API_KEY_ENCRYPTION_SECRET"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        };
        // Each has a clock of its own: the first one's stands still, so that it says no more that it is alive.
        var firstClock = new FakeClock();
        var secondClock = new FakeClock(firstClock.GetUtcNow() + TimeSpan.FromSeconds(5));
        await using (var first = await houses.StartAsync(engine, firstClock, settings))
        {
            var person = await first.PersonAsync();
            var conversation = await person.NewConversationAsync();
            await person.PostAsync(conversation, "Go.");
            var call = await houses.Gateway.NextAsync();
            using var stream = await person.StreamAsync(conversation);
            call.Route().Say("Half ");
            await stream.UntilAsync("delta");
            await using var second = await houses.StartAsync(engine, secondClock, settings);
            var there = second.WithToken(person.Token, person.Id, person.Username);

            (await there.MessagesAsync(conversation))[1].Text("status").ShouldBe("streaming");
            secondClock.Advance(InstanceLeases.Length);

            await Talk.UntilAsync(async () => (await there.MessagesAsync(conversation))[1].Text("status") == "interrupted");
            // It was not dead after all: its whole answer counts.
            call.Say("and whole.").End();
            await stream.UntilAsync("done");
            (await there.MessagesAsync(conversation))[1].ShouldSatisfyAllConditions(message => message.Text("status").ShouldBe("complete"), message => message.TextOf().ShouldBe("Half and whole."));
        }
        await PostgresServer.DropAsync(data);
        await PostgresServer.DropAsync(keys);
    }
}
