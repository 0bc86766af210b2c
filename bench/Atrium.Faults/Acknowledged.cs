using System.Collections.Concurrent;

namespace Atrium.Faults;

/// <summary>What the server said yes to, kept outside of it.</summary>
internal sealed class Acknowledged
{
    private readonly ConcurrentDictionary<Guid, Expected> conversations = new();
    private long writes;

    public IReadOnlyCollection<KeyValuePair<Guid, Expected>> Conversations => [.. conversations];

    public long Writes => Interlocked.Read(ref writes);

    public Expected Add(Guid conversation, string title)
    {
        Count();
        return conversations[conversation] = new Expected(title);
    }

    public void Count() => Interlocked.Increment(ref writes);

    /// <summary>One conversation. It has one writer, so its last acknowledged title is known, and the one that was on its way.</summary>
    internal sealed class Expected(string title)
    {
        public string Title { get; set; } = title;

        /// <summary>Sent, not answered: may or may not be there.</summary>
        public string? TitleOnItsWay { get; set; }

        public List<(Guid Message, string Text, Guid Answer)> Messages { get; } = [];

        /// <summary>The whole text of answers whose end this client was told.</summary>
        public Dictionary<Guid, string> Read { get; } = [];
    }
}
