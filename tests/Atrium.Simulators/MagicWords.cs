using System.Globalization;
using System.Text.RegularExpressions;

namespace Atrium.Simulators;

/// <summary>Words in a prompt by which a person makes the simulator misbehave.</summary>
internal static partial class MagicWords
{
    /// <summary>What the start text prints.</summary>
    public const string Explanation = """
          sim:words=500       an answer of 500 words
          sim:speed=50        50 words per second
          sim:slow=5          5 seconds before the first byte
          sim:reasoning       thoughts before the answer
          sim:tool=NAME       call a tool (the first offered one without a name)
          sim:json            JSON: an object with the text "a"
          sim:markdown        headings, a table, code and a formula
          sim:401 sim:403 sim:404 sim:400 sim:long sim:filter sim:quota sim:500 sim:503 sim:502
          sim:429 sim:429=7   refuse; "=7" asks to wait 7 seconds
          sim:error           an error inside the stream
          sim:cut sim:cut=300 break the connection, after 300 bytes
          sim:end=300         end the answer early without saying so
          sim:stall=300       fall silent after 300 bytes
          sim:hang            accept the request and never answer
          sim:reset sim:garbage sim:broken sim:html sim:endless
          sim:bytes=1         so many bytes per write (splits letters)
          sim:drip=20         20 bytes per second
          sim:nousage         no token counts
        """;

    private const int FaultBytes = 400;

    public static Reply Apply(Reply reply, string prompt)
    {
        foreach (Match match in Word().Matches(prompt))
            reply = Apply(reply, match.Groups["name"].Value, match.Groups["value"].Value);
        return reply;
    }

    private static Reply Apply(Reply reply, string name, string value) => name switch
    {
        "words" => reply with { Words = (int)Number(value, 100) },
        "speed" => reply with { TokensPerSecond = Number(value, 50) },
        "slow" => reply with { FirstByteSeconds = Number(value, 3) },
        "reasoning" => reply with { Reasoning = "Let me think about this. First the question, then what is known, then an answer." },
        "tool" => reply with { ToolCalls = [new ReplyToolCall(value)] },
        "json" => reply with { Text = """{"a":"simulated"}""" },
        "markdown" => reply with { Text = Samples.Markdown },
        "nousage" => reply with { UsagePlace = UsagePlace.Nowhere },
        "bytes" => reply with { BytesPerWrite = (int)Number(value, 1) },
        "drip" => reply with { BytesPerSecond = Number(value, 20) },
        "429" => reply with { Fault = Fault.RateLimited, RetryAfter = value.Length > 0 ? value : null },
        _ => FaultOf(name) is { } fault ? reply with { Fault = fault, FaultAt = (int)Number(value, FaultBytes) } : reply,
    };

    private static Fault? FaultOf(string name) => name switch
    {
        "400" => Fault.BadRequest,
        "401" => Fault.KeyRefused,
        "403" => Fault.NotAllowed,
        "404" => Fault.ModelNotFound,
        "500" => Fault.ServerError,
        "502" => Fault.BadGateway,
        "503" => Fault.Overloaded,
        "long" => Fault.ContextTooLong,
        "filter" => Fault.ContentFiltered,
        "quota" => Fault.QuotaExhausted,
        "error" => Fault.ErrorInside,
        "cut" => Fault.Cut,
        "end" => Fault.EndEarly,
        "stall" => Fault.Stall,
        "hang" => Fault.StallBeforeHeaders,
        "reset" => Fault.Reset,
        "garbage" => Fault.Garbage,
        "broken" => Fault.BrokenChunk,
        "html" => Fault.WebPage,
        "endless" => Fault.EndlessLine,
        _ => null,
    };

    private static double Number(string value, double otherwise) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1_000_000 ? number : otherwise;

    [GeneratedRegex(@"\bsim:(?<name>[a-z0-9]+)(?:=(?<value>[A-Za-z0-9._-]+))?", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
