using System.Text.Json;

namespace Atrium.Simulators;

/// <summary>What is a wire's own about requests, answers and errors; all else is the same for every simulated provider.</summary>
internal interface IWire
{
    /// <summary>Content type of a stream.</summary>
    string StreamType { get; }

    /// <summary>How a line of a stream begins, for one that never ends.</summary>
    string LineStart { get; }

    /// <summary>A piece of a stream that is broken JSON.</summary>
    byte[] BrokenPiece { get; }

    /// <summary>An error as a piece of a stream.</summary>
    byte[] ErrorPiece { get; }

    /// <summary>An error as a body.</summary>
    string ErrorBody { get; }

    /// <summary>The key of a request; empty when it has none.</summary>
    string KeyOf(HttpContext http);

    /// <summary>Refuses with a fault that is a status and a body.</summary>
    Task RefuseAsync(HttpContext http, Fault fault, Reply reply, string? about);

    /// <summary>Refuses a request that makes no sense.</summary>
    Task RefuseAsync(HttpContext http, RefusedRequestException wrong);

    /// <summary>Reads and checks a request.</summary>
    /// <exception cref="RefusedRequestException">The real service would refuse it.</exception>
    ChatRequest Read(HttpContext http, JsonElement root);

    /// <summary>The whole answer as one body.</summary>
    string Whole(ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now);

    /// <summary>Streams the answer.</summary>
    Task StreamAsync(WireWriter wire, ChatRequest request, Reply reply, AnswerContent content, DateTimeOffset now);
}
