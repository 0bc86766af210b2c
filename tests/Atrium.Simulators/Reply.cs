namespace Atrium.Simulators;

/// <summary>
/// What the simulator answers to one request: the content, and how the wire misbehaves. Every field is optional; an empty reply is a good
/// answer. The same names are read from <c>POST /_script</c>.
/// </summary>
public sealed record Reply
{
    /// <summary>The text; null for a sentence about the prompt.</summary>
    public string? Text { get; init; }

    /// <summary>So many words of filler instead of a text.</summary>
    public int? Words { get; init; }

    /// <summary>Thoughts before the text.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The provider's proof on its thoughts, on wires that have one.</summary>
    public string? Signature { get; init; }

    /// <summary>Thoughts that are encrypted as a whole, on wires that have such.</summary>
    public string? RedactedReasoning { get; init; }

    /// <summary>Tool calls after the text.</summary>
    public IReadOnlyList<ReplyToolCall> ToolCalls { get; init; } = [];

    /// <summary>Why it stopped; null for what fits the content.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Token counts; null to count words.</summary>
    public ReplyUsage? Usage { get; init; }

    /// <summary>Where a stream carries its usage.</summary>
    public UsagePlace UsagePlace { get; init; }

    /// <summary>Words per second; null for as fast as possible.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>Seconds before the first byte.</summary>
    public double? FirstByteSeconds { get; init; }

    /// <summary>The fault, if any.</summary>
    public Fault Fault { get; init; }

    /// <summary>Bytes of the body after which <see cref="Fault"/> strikes, where it strikes inside one.</summary>
    public int? FaultAt { get; init; }

    /// <summary>Value of <c>Retry-After</c> (or of the header in <see cref="RetryAfterHeader"/>) of a refusal.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Header that carries <see cref="RetryAfter"/>; <c>RetryInfo</c> puts it into the body on wires that have it there.</summary>
    public string RetryAfterHeader { get; init; } = "Retry-After";

    /// <summary>Status of an answer that is neither good nor one of the named faults; its body is <see cref="Body"/>.</summary>
    public int? Status { get; init; }

    /// <summary>A body of any kind, sent as it is instead of an answer.</summary>
    public string? Body { get; init; }

    /// <summary>Content type of the answer; null for the right one.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further response headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Bytes of each write; null for an event each, 0 for everything in one write.</summary>
    public int? BytesPerWrite { get; init; }

    /// <summary>Bytes per second of the body; null for as fast as possible.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>Line ends of a stream: <c>lf</c>, <c>crlf</c> or <c>cr</c>.</summary>
    public string LineEnds { get; init; } = "lf";

    /// <summary>True to put comment lines between the events.</summary>
    public bool Comments { get; init; }

    /// <summary>True to leave out the terminal marker.</summary>
    public bool WithoutEnd { get; init; }

    /// <summary>True to leave out the reason for stopping, too.</summary>
    public bool WithoutFinish { get; init; }

    /// <summary>Citations the answer names.</summary>
    public IReadOnlyList<string> Citations { get; init; } = [];
}

/// <summary>A tool call of a reply.</summary>
/// <param name="Name">Name of the tool.</param>
/// <param name="Arguments">Arguments as JSON text.</param>
/// <param name="Id">Id of the call, null for one of the simulator's.</param>
public sealed record ReplyToolCall(string Name, string Arguments = "{}", string? Id = null);

/// <summary>Token counts of a reply; the others are parts of input and output, however a wire counts.</summary>
public sealed record ReplyUsage(int Input, int Output, int Cached = 0, int Reasoning = 0, int CacheWrite = 0);

/// <summary>Where a stream carries its usage.</summary>
public enum UsagePlace
{
    /// <summary>In a chunk of its own before the end, if the request asks for it.</summary>
    WhenAsked,

    /// <summary>On the chunk that says why it stopped.</summary>
    OnFinish,

    /// <summary>On every chunk, growing.</summary>
    OnEveryChunk,

    /// <summary>In <c>x_groq</c> of the chunk that says why it stopped.</summary>
    InExtra,

    /// <summary>Nowhere.</summary>
    Nowhere,
}

/// <summary>How an answer goes wrong.</summary>
public enum Fault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The connection is reset before any byte.</summary>
    Reset,

    /// <summary>Not even headers, until the client goes away.</summary>
    StallBeforeHeaders,

    /// <summary>Headers, then nothing.</summary>
    StallBeforeBody,

    /// <summary>Some of the body, then nothing.</summary>
    Stall,

    /// <summary>Some of the body, then a reset.</summary>
    Cut,

    /// <summary>Some of the body, then a proper end of the response.</summary>
    EndEarly,

    /// <summary>Bytes that mean nothing, as a stream.</summary>
    Garbage,

    /// <summary>A chunk that is broken JSON among good ones.</summary>
    BrokenChunk,

    /// <summary>A web page with status 200.</summary>
    WebPage,

    /// <summary>A web page with status 502.</summary>
    BadGateway,

    /// <summary>A line that never ends.</summary>
    EndlessLine,

    /// <summary>An error inside the stream.</summary>
    ErrorInside,

    /// <summary>An error body with status 200.</summary>
    ErrorWithOk,

    /// <summary>400: the request is wrong.</summary>
    BadRequest,

    /// <summary>400: the conversation is too long.</summary>
    ContextTooLong,

    /// <summary>400: the content filter refused.</summary>
    ContentFiltered,

    /// <summary>401: the key is wrong.</summary>
    KeyRefused,

    /// <summary>403: not for this key.</summary>
    NotAllowed,

    /// <summary>404: no such model.</summary>
    ModelNotFound,

    /// <summary>429: slow down.</summary>
    RateLimited,

    /// <summary>429: no credit left.</summary>
    QuotaExhausted,

    /// <summary>500: broken.</summary>
    ServerError,

    /// <summary>503: overloaded.</summary>
    Overloaded,
}
