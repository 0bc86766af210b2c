using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

/// <summary>Networks that break at any byte. What a page shows is put together as the web app does it.</summary>
public sealed class LostConnectionTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    public async Task A_stream_that_breaks_again_and_again_loses_and_doubles_no_letter(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Go.");
        var call = await houses.Gateway.NextAsync();
        using var tab = await person.StreamAsync(conversation);
        call.Route();
        var words = Enumerable.Range(0, 400).Select(number => $"w{number} 👍é ").ToList();
        var page = new Page(new Random(7));
        using var spoken = new CancellationTokenSource();
        var speaking = SpeakAsync(call, words, spoken);
        while (!spoken.IsCancellationRequested)
            await page.ReadAsync(house.Address, person.Token, conversation, spoken.Token);
        await speaking;
        // The last connection is open before the end: whoever comes after it reads the stored message.
        var rest = page.ReadAsync(house.Address, person.Token, conversation, null);
        await Talk.UntilAsync(() => Task.FromResult(page.Text.Length >= words.Sum(word => word.Length)));
        call.End();
        await rest;

        page.Text.ShouldBe(string.Concat(words));
        page.Cuts.ShouldBeGreaterThan(3);
        Shown.Of(await tab.ToEndAsync()).Text.ShouldBe(page.Text);
        (await person.MessagesAsync(conversation))[1].TextOf().ShouldBe(page.Text);
    }

    [Fact]
    public async Task A_reader_that_stops_reading_is_cut_off_and_the_answer_goes_on()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Go.");
        var call = await houses.Gateway.NextAsync();
        call.Route();
        using var stuck = new TcpClient { NoDelay = true, ReceiveBufferSize = 4096 };
        await stuck.ConnectAsync(house.Address.Host, house.Address.Port);
        var wire = stuck.GetStream();
        await wire.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/conversations/{conversation}/stream HTTP/1.1\r\nHost: {house.Address.Authority}\r\nAuthorization: Bearer {person.Token}\r\n\r\n"));
        await wire.ReadExactlyAsync(new byte[16]);
        var piece = new string('x', 10_000);

        // More than the buffers of both ends hold; the house ends an answer of this length.
        for (var pieces = 0; pieces < 1_000; pieces++)
            call.Say(piece);

        await CutOffAsync(wire);
        (await person.MessagesAsync(conversation))[1].TextOf().Length.ShouldBeGreaterThan(1_000_000);
    }

    /// <summary>Completes when the server has given the connection up: then what is written to it comes back as an error.</summary>
    private static async Task CutOffAsync(NetworkStream wire)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await pace.WaitForNextTickAsync(patience.Token))
                await wire.WriteAsync("\r\n"u8.ToArray(), patience.Token);
        }
        catch (IOException)
        {
            // Cut off.
        }
    }

    private static async Task SpeakAsync(ScriptedCall call, IEnumerable<string> words, CancellationTokenSource spoken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        foreach (var word in words)
        {
            call.Say(word);
            await pace.WaitForNextTickAsync();
        }
        await spoken.CancelAsync();
    }

    /// <summary>A page whose connection breaks after so many bytes, wherever that is.</summary>
    private sealed class Page(Random random)
    {
        private string? lastId;

        public string Text { get; private set; } = "";

        /// <summary>How often the break was in the middle of an event.</summary>
        public int Cuts { get; private set; }

        /// <param name="spoken">Given: the connection breaks, at last when this is cancelled. Null: it is read to its end.</param>
        public async Task ReadAsync(Uri house, string token, Guid conversation, CancellationToken? spoken)
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(house.Host, house.Port);
            var wire = client.GetStream();
            var resume = lastId is null ? "" : $"Last-Event-ID: {lastId}\r\n";
            // HTTP/1.0: no chunks between the bytes of the stream.
            await wire.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/conversations/{conversation}/stream HTTP/1.0\r\nHost: {house.Authority}\r\nAuthorization: Bearer {token}\r\n{resume}\r\n"));
            var received = new List<byte>();
            var buffer = new byte[64];
            var left = spoken is null ? int.MaxValue : random.Next(500, 5_000);
            int length;
            while (left > 0 && (length = await NextAsync(wire, buffer.AsMemory(0, Math.Min(left, buffer.Length)), spoken)) > 0)
            {
                left -= length;
                received.AddRange(buffer.AsSpan(0, length));
                while (Next(received) is { } block)
                    Take(block);
            }
            // What is left of an event is dropped, as a browser does.
            Cuts += received.Count > 0 ? 1 : 0;
        }

        private static async Task<int> NextAsync(NetworkStream wire, Memory<byte> buffer, CancellationToken? spoken)
        {
            try
            {
                return await wire.ReadAsync(buffer, spoken ?? CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
        }

        private static string? Next(List<byte> received)
        {
            var bytes = received.ToArray().AsSpan();
            var head = bytes.IndexOf("\r\n\r\n"u8);
            var end = head >= 0 ? head : bytes.IndexOf("\n\n"u8);
            if (end < 0)
                return null;
            received.RemoveRange(0, end + (head >= 0 ? 4 : 2));
            return head >= 0 ? "" : Encoding.UTF8.GetString(bytes[..end]);
        }

        private void Take(string block)
        {
            var fields = block.Split('\n').Select(line => line.Split(": ", 2)).Where(field => field.Length == 2).ToDictionary(field => field[0], field => field[1]);
            if (!fields.TryGetValue("event", out var name))
                return;
            lastId = fields.GetValueOrDefault("id", lastId!);
            if (name != "delta")
                return;
            var data = JsonDocument.Parse(fields["data"]).RootElement;
            var (offset, text) = (data.GetProperty("offset").GetInt32(), data.GetProperty("text").GetString()!);
            offset.ShouldBeLessThanOrEqualTo(Text.Length, "a gap");
            Text += text[(Text.Length - offset)..];
        }
    }
}
