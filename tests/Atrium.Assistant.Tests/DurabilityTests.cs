using System.Net;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant.Tests;

public sealed class DurabilityTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    public async Task A_clean_stop_tells_readers_to_come_back_and_keeps_every_word(DatabaseEngine engine)
    {
        await using var house = await houses.StartAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        var posted = await person.PostAsync(conversation, "Tell a story.");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Think("Which one?").Say("Once upon a time");
        await stream.UntilAsync("delta");

        await house.RestartAsync();

        (await stream.ToEndAsync())[^1].Name.ShouldBe("restarting");
        await call.Cancelled;
        var again = house.WithToken(person.Token, person.Id, person.Username);
        var answer = (await again.MessagesAsync(conversation))[1];
        answer.Text("status").ShouldBe("interrupted");
        answer.TextOf().ShouldBe("Once upon a time");
        answer.GetProperty("parts")[0].Text("text").ShouldBe("Which one?");
        (await again.StreamAsync(conversation)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await again.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages/{posted.AnswerId}/continue", new { })).Status.ShouldBe(HttpStatusCode.Accepted);
        (await houses.Gateway.NextAsync()).Route().Say(" there was").End();
        await Talk.UntilAsync(async () => (await again.MessagesAsync(conversation))[1].Text("status") == "complete");
        (await again.MessagesAsync(conversation))[1].TextOf().ShouldBe("Once upon a time there was");
    }

    [Theory, BothEngines]
    public async Task What_was_recorded_survives_a_sudden_end(DatabaseEngine engine)
    {
        await using var house = await houses.StartAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        var posted = await person.PostAsync(conversation, "Tell a story.");
        var call = await houses.Gateway.NextAsync();
        call.Route().Think("Which?").Say("Once ").Say("upon 👍 ").Say("a time");
        await Talk.UntilAsync(async () => await RecordedAsync(house) == "Which?Once upon 👍 a time");

        // The sudden end: rows as they are at this moment, under a message that still says streaming.
        var rows = await CopyAsync(house);
        call.End();
        await Talk.UntilAsync(async () => (await person.MessagesAsync(conversation))[1].Text("status") == "complete" && await RecordedAsync(house) == "");
        await PutBackAsync(house, rows, posted, conversation);
        await house.RestartAsync();

        var again = house.WithToken(person.Token, person.Id, person.Username);
        var answer = (await again.MessagesAsync(conversation))[1];
        answer.Text("status").ShouldBe("interrupted");
        answer.TextOf().ShouldBe("Once upon 👍 a time");
        answer.GetProperty("parts").GetArrayLength().ShouldBe(2);
        (await RecordedAsync(house)).ShouldBe("");
        (await again.ConversationAsync(conversation)).TryGetProperty("running", out _).ShouldBeFalse();
        (await again.GetJsonAsync("/api/messages/search?q=upon")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task A_long_piece_is_recorded_before_its_time(DatabaseEngine engine)
    {
        var clock = new FakeClock();
        await using var house = await houses.StartAsync(engine, clock);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Write much.");
        var call = await houses.Gateway.NextAsync();
        call.Route().Say(new string('a', 8 * 1024 - 1));
        using var stream = await person.StreamAsync(conversation);
        await stream.UntilAsync("delta");
        (await RecordedAsync(house)).ShouldBe("");

        call.Say("b");

        await Talk.UntilAsync(async () => (await RecordedAsync(house)).Length == 8 * 1024);
        call.End();
        await stream.ToEndAsync();
    }

    private static Database Streams(TestHouse house) => house.Services.GetRequiredKeyedService<Database>(Databases.StreamsName);

    private static async Task<string> RecordedAsync(TestHouse house) =>
        string.Concat(await Streams(house).QueryAsync<string>("SELECT text FROM assistant_stream_pieces ORDER BY from_position", null, default));

    private static Task<IReadOnlyList<PieceCopy>> CopyAsync(TestHouse house) =>
        Streams(house).QueryAsync<PieceCopy>("SELECT generation_id, from_position, kind, text FROM assistant_stream_pieces ORDER BY from_position", null, default);

    private static async Task PutBackAsync(TestHouse house, IReadOnlyList<PieceCopy> rows, Posted posted, Guid conversation)
    {
        foreach (var row in rows)
            await Streams(house).ExecuteAsync("INSERT INTO assistant_stream_pieces (generation_id, from_position, kind, text) VALUES (@GenerationId, @FromPosition, @Kind, @Text)", row, default);
        var database = house.Services.GetRequiredService<Database>();
        await database.ExecuteAsync("UPDATE assistant_messages SET status = 'streaming', parts = '[]', finished_at = NULL WHERE id = @AnswerId", posted, default);
        await database.ExecuteAsync("UPDATE assistant_conversations SET running_id = @GenerationId WHERE id = @conversation", new { posted.GenerationId, conversation }, default);
    }

    internal sealed record PieceCopy
    {
        public required Guid GenerationId { get; init; }

        public required long FromPosition { get; init; }

        public required string Kind { get; init; }

        public required string Text { get; init; }
    }
}
