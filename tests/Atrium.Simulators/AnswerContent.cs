using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Atrium.Simulators;

/// <summary>What a good answer to a request consists of, before a wire puts it into its form.</summary>
internal sealed partial class AnswerContent(ChatRequest request, Reply reply)
{
    // Letters go out as UTF-8, not as escapes: a client must cope with a letter split over two reads.
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly (IReadOnlyList<string> Words, bool IsCut) _said = Say(request, reply);

    public IReadOnlyList<string> Words => _said.Words;

    public IReadOnlyList<string> Thoughts { get; } = Split(reply.Reasoning ?? "");

    /// <summary>A call without a name means the first tool offered; after its result there is nothing left to call.</summary>
    public IReadOnlyList<ReplyToolCall> ToolCalls { get; } = CallsOf(request, reply);

    /// <summary>True when the limit of the request cut the answer.</summary>
    public bool IsCut => _said.IsCut;

    public string Text => string.Concat(Words);

    /// <summary>Counts after so many words of the answer.</summary>
    public ReplyUsage Usage(int words) => reply.Usage ?? new ReplyUsage(request.InputTokens, words, Reasoning: Thoughts.Count);

    public static int Tokens(string text) => Word().Count(text);

    public static List<string> Split(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    private static (IReadOnlyList<string> Words, bool IsCut) Say(ChatRequest request, Reply reply)
    {
        var text = reply.Text ?? (reply.Words is { } count ? Samples.Words(count) : CallsOf(request, reply).Count > 0 ? "" : Sentence(request));
        var words = Split(text);
        return request.MaxTokens is { } limit && limit < words.Count ? (words[..limit], true) : (words, false);
    }

    private static List<ReplyToolCall> CallsOf(ChatRequest request, Reply reply) => request.HasToolResult && reply.Text is null
        ? []
        : [.. reply.ToolCalls
            .Select(call => call.Name.Length > 0 ? call : call with { Name = request.Tools.Count > 0 ? request.Tools[0] : "" })
            .Where(call => call.Name.Length > 0)];

    private static string Sentence(ChatRequest request) => (request.Images, request.HasToolResult) switch
    {
        (_, true) => "The tool has answered.",
        (0, _) => $"This is a simulated answer to: {request.Prompt}",
        (1, _) => $"I see 1 image. This is a simulated answer to: {request.Prompt}",
        _ => $"I see {request.Images} images. This is a simulated answer to: {request.Prompt}",
    };

    [GeneratedRegex(@"\s*\S+|\s+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
