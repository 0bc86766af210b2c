namespace Atrium.Edits.Parsing;

/// <summary>Reads one format as it arrives. Every operation that is added to the sink is complete.</summary>
internal interface IOperationReader
{
    /// <summary>Takes the next piece of text.</summary>
    void Read(ReadOnlySpan<char> text);

    /// <summary>The answer is over: what is open now was cut off.</summary>
    void Complete();
}

/// <summary>Collects what the readers find.</summary>
internal sealed class ReadingSink
{
    public List<EditOperation> Operations { get; } = [];

    public List<EditProblem> Problems { get; } = [];

    public void Malformed(string? path, string what, string instead) =>
        Problems.Add(Applying.ProblemText.Malformed(Operations.Count, path, what, instead));
}

/// <summary>Cuts arriving text into lines for the formats that are made of lines.</summary>
internal sealed class LineSplitter(Action<string> onLine)
{
    private readonly System.Text.StringBuilder partial = new();

    /// <summary>False while the last line of an answer is handed out that has no line feed: it may be cut off.</summary>
    public bool IsEnded { get; private set; } = true;

    public void Read(ReadOnlySpan<char> text)
    {
        for (var feed = text.IndexOf('\n'); feed >= 0; feed = text.IndexOf('\n'))
        {
            partial.Append(text[..feed]);
            Flush();
            text = text[(feed + 1)..];
        }

        partial.Append(text);
    }

    public void Complete()
    {
        IsEnded = partial.Length == 0;
        if (!IsEnded)
            Flush();
    }

    private void Flush()
    {
        if (partial.Length > 0 && partial[^1] == '\r')
            partial.Length--;
        var line = partial.ToString();
        partial.Clear();
        onLine(line);
    }
}
