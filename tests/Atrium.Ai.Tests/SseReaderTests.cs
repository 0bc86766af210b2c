using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Atrium.Ai.Tests;

public sealed class SseReaderTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "a|b")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", "a|b")]
    [InlineData("data: a\r\rdata: b\r\r", "a|b")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data:a\n\n", "a")]
    [InlineData("data:  a\n\n", " a")]
    [InlineData(": comment\n\n:\n\ndata: a\n\n", "a")]
    [InlineData("id: 1\nretry: 5\nunknown: x\ndata: a\n\n", "a")]
    [InlineData("event: ping\n\ndata: a\n\n", "a")]
    [InlineData("data\n\ndata: a\n\n", "|a")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("data: a", "a")]
    [InlineData("data: a\n", "a")]
    [InlineData("\n\n\n", "")]
    [InlineData("", "")]
    [InlineData("dat", "")]
    public async Task Reads_events(string stream, string events)
    {
        var expected = stream.Contains("data", StringComparison.Ordinal) ? events.Split('|') : [];
        foreach (var size in (int[])[1, 2, 3, 1000])
            (await ReadAsync(stream, size)).Select(item => item.Data).ShouldBe(expected);
    }

    [Fact]
    public async Task Gives_the_name_of_an_event()
    {
        var events = await ReadAsync("event: message_start\ndata: a\n\ndata: b\n\n", pieceSize: 1);

        events.Select(item => item.Name).ShouldBe(["message_start", null]);
    }

    [Fact]
    public async Task Refuses_a_line_longer_than_the_cap()
    {
        var line = "data: " + new string('x', LineReader.DefaultCap) + "\n\n";

        await Should.ThrowAsync<InvalidDataException>(() => ReadAsync(line, 65_536));
    }

    [Fact]
    public async Task Refuses_an_event_of_too_many_lines()
    {
        var lines = string.Concat(Enumerable.Repeat("data: " + new string('x', 1000) + "\n", 1_100));

        await Should.ThrowAsync<InvalidDataException>(() => ReadAsync(lines, 65_536));
    }

    [Fact]
    public void Reads_back_any_events_however_they_are_written_and_cut()
    {
        var property = Prop.ForAll<NonNull<string>[], PositiveInt, int>((texts, size, style) =>
        {
            var end = (Math.Abs(style) % 3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
            var events = texts.Select(text => Valid(text.Get)).ToList();
            var stream = string.Concat(events.Select(data => string.Concat(data.Split('\n').Select(line => $"data: {line}{end}")) + end));
            return ReadAsync(stream, size.Get).GetAwaiter().GetResult().Select(item => item.Data).SequenceEqual(events);
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
    }

    /// <summary>What can be in an event: text that is valid Unicode, without CR.</summary>
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\r', ' ');

    private static async Task<List<(string? Name, string Data)>> ReadAsync(string stream, int pieceSize)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        var at = 0;
        using var reader = new SseReader(Read, why => new InvalidDataException(why));
        var events = new List<(string?, string)>();
        while (await reader.ReadAsync())
            events.Add((reader.EventName, Encoding.UTF8.GetString(reader.Data.Span)));
        return events;

        ValueTask<int> Read(Memory<byte> buffer)
        {
            var count = Math.Min(Math.Min(pieceSize, buffer.Length), bytes.Length - at);
            bytes.AsSpan(at, count).CopyTo(buffer.Span);
            at += count;
            return ValueTask.FromResult(count);
        }
    }
}
