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
        var random = new Random(7);
        var page = new Page(random);
        for (var said = 0; said < words.Count; said += 10)
        {
            foreach (var word in words.Skip(said).Take(10))
                call.Say(word);
            var most = words.Take(said + 10).Sum(word => word.Length);
            await page.ReadAsync(house.Address, person.Token, conversation, random.Next(page.Text.Length, most + 1));
        }
        call.End();
        await page.ReadAsync(house.Address, person.Token, conversation, int.MaxValue);

        page.Text.ShouldBe(string.Concat(words));
        page.Cuts.ShouldBeGreaterThan(10);
        Shown.Of(await tab.ToEndAsync()).Text.ShouldBe(page.Text);
        (await person.MessagesAsync(conversation))[1].TextOf().ShouldBe(page.Text);
    }

    /// <summary>A page whose connection breaks, at whatever byte, once it shows so many letters.</summary>
    private sealed class Page(Random random)
    {
        private string? lastId;

        public string Text { get; private set; } = "";

        /// <summary>How often the break was in the middle of an event.</summary>
        public int Cuts { get; private set; }

        public async Task ReadAsync(Uri house, string token, Guid conversation, int letters)
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(house.Host, house.Port);
            var wire = client.GetStream();
            var resume = lastId is null ? "" : $"Last-Event-ID: {lastId}\r\n";
            // HTTP/1.0: no chunks between the bytes of the stream.
            await wire.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/conversations/{conversation}/stream HTTP/1.0\r\nHost: {house.Authority}\r\nAuthorization: Bearer {token}\r\n{resume}\r\n"));
            var received = new List<byte>();
            var buffer = new byte[300];
            int length;
            while (Text.Length < letters && (length = await wire.ReadAsync(buffer.AsMemory(0, random.Next(1, buffer.Length)))) > 0)
            {
                received.AddRange(buffer.AsSpan(0, length));
                while (Next(received) is { } block)
                    Take(block);
            }
            // What is left of an event is dropped, as a browser does.
            Cuts += received.Count > 0 ? 1 : 0;
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
