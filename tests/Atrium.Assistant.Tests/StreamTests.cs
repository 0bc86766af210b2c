using System.Net;
using System.Net.Sockets;
using System.Text;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

public sealed class StreamTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    private static readonly string[] Words = ["Xin ", "chào", " 👩‍🚀", ", \"it's\"", "\n\n```c\nint x;\n", "```", " end"];

    [Theory, BothEngines]
    public async Task A_stream_resumed_at_any_position_shows_the_same(DatabaseEngine engine)
    {
        var (person, conversation, call) = await StartAsync(engine);
        using var first = await person.StreamAsync(conversation);
        call.Route().Think("Hm, ").Think("so");
        foreach (var word in Words)
            call.Say(word);
        var seen = new List<ServerEvent>();
        while (Shown.Of(seen).Text != string.Concat(Words))
            seen.Add((await first.NextAsync())!);
        var epoch = seen[^1].Id!.Split(':')[0];
        var end = seen[^1].Position;
        var open = new List<(long From, EventStream Stream)>();
        for (var position = 0L; position <= end; position++)
            open.Add((position, await person.StreamAsync(conversation, $"{epoch}:{position}")));
        call.Say(" of it").End();

        end.ShouldBe("Hm, so".Length + string.Concat(Words).Length);
        foreach (var (from, stream) in open)
        {
            // What a page has by then: every event up to the position, cut at the position when it lies inside one.
            var all = "Hm, so" + string.Concat(Words);
            var reasoning = all[..(int)Math.Min(from, 6)];
            var text = from > 6 ? all[6..(int)from] : "";
            var events = await stream.ToEndAsync();
            var deltas = Shown.Of(events.Where(happening => happening.Name is "delta" or "reasoning"), text, reasoning);
            deltas.Text.ShouldBe(string.Concat(Words) + " of it", $"from {from}");
            deltas.Reasoning.ShouldBe("Hm, so");
            events[^1].Name.ShouldBe("done");
            events.Where(happening => happening.Name == "delta").ShouldAllBe(happening => !happening.Data.GetProperty("text").GetString()!.Contains('\uFFFD'));
            stream.Dispose();
        }
    }

    [Theory, BothEngines]
    public async Task A_reader_of_another_generation_or_ahead_gets_one_snapshot(DatabaseEngine engine)
    {
        var (person, conversation, call) = await StartAsync(engine);
        using var first = await person.StreamAsync(conversation);
        call.Route().Say("Known text");
        var delta = await first.UntilAsync("delta");
        var epoch = delta.Id!.Split(':')[0];

        foreach (var id in new[] { $"{epoch}:9999", $"{Guid.CreateVersion7():N}:4", "nonsense", "::", $"{epoch}:-1", $"{epoch}:99999999999999999999", new string('a', 4000) })
        {
            using var stream = await person.StreamAsync(conversation, id);
            var snapshot = (await stream.NextAsync())!;
            snapshot.Name.ShouldBe("snapshot");
            snapshot.Id.ShouldBe($"{epoch}:10");
            snapshot.Data.GetProperty("message").TextOf().ShouldBe("Known text");
        }
        call.Say(".").End();
        (await first.ToEndAsync())[^1].Name.ShouldBe("done");
    }

    [Theory, BothEngines]
    public async Task Readers_that_come_at_different_times_see_the_same_answer(DatabaseEngine engine)
    {
        var (person, conversation, call) = await StartAsync(engine);
        var tasks = new List<Task<List<ServerEvent>>>();
        call.Route();
        for (var word = 0; word < 2000; word++)
        {
            call.Say($"word {word}, ");
            if (word % 400 == 0)
                tasks.Add((await person.StreamAsync(conversation)).ToEndAsync());
        }
        call.End();

        var expected = string.Concat(Enumerable.Range(0, 2000).Select(word => $"word {word}, "));
        foreach (var events in await Task.WhenAll(tasks))
        {
            Shown.Of(events.Where(happening => happening.Name != "done")).Text.ShouldBe(expected);
            events.ShouldContain(happening => happening.Name == "snapshot" && happening.Data.GetProperty("message").GetProperty("provider").GetString() == "openai");
            events[^1].Data.GetProperty("message").TextOf().ShouldBe(expected);
        }
    }

    [Theory, BothEngines]
    public async Task A_reader_that_stops_reading_holds_nothing_up_and_catches_up(DatabaseEngine engine)
    {
        var (person, conversation, call) = await StartAsync(engine);
        var house = await houses.OnAsync(engine);
        using var socket = new TcpClient { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, house.Address.Port);
        var wire = socket.GetStream();
        await wire.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/conversations/{conversation}/stream HTTP/1.1\r\nHost: 127.0.0.1:{house.Address.Port}\r\nAuthorization: Bearer {person.Token}\r\nConnection: close\r\n\r\n"));
        using var quick = await person.StreamAsync(conversation);
        var piece = new string('x', 1000);
        call.Route();
        for (var count = 0; count < 3000; count++)
            call.Say(piece);
        call.End();

        // The quick reader is at the end while the slow one has not read a byte.
        var done = (await quick.ToEndAsync())[^1];
        done.Data.GetProperty("message").TextOf().Length.ShouldBe(3_000_000);
        using var slow = new StreamReader(wire, Encoding.UTF8);
        var received = await slow.ReadToEndAsync();
        received.ShouldContain("event: done");
    }

    [Fact]
    public async Task A_silent_answer_sends_a_comment_every_fifteen_seconds()
    {
        var clock = new FakeClock();
        await using var house = await houses.StartAsync(DatabaseEngine.Sqlite, clock);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Think long.");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Say("a");
        await stream.UntilAsync("delta");
        clock.Advance(TimeSpan.FromSeconds(15));
        clock.Advance(TimeSpan.FromSeconds(15));
        call.Say("b").End();
        await stream.UntilAsync("done");

        stream.Comments.ShouldBeInRange(1, 2);
    }

    [Theory, BothEngines]
    public async Task Leaving_does_not_end_the_answer(DatabaseEngine engine)
    {
        var (person, conversation, call) = await StartAsync(engine);
        using (var stream = await person.StreamAsync(conversation))
        {
            call.Route().Say("Still ");
            await stream.UntilAsync("delta");
        }
        call.Say("here.").End();

        await Talk.UntilAsync(async () => (await person.MessagesAsync(conversation))[1].Text("status") == "complete");
        (await person.MessagesAsync(conversation))[1].TextOf().ShouldBe("Still here.");
    }

    private async Task<(TestPerson Person, Guid Conversation, ScriptedCall Call)> StartAsync(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Go.");
        return (person, conversation, await houses.Gateway.NextAsync());
    }
}
