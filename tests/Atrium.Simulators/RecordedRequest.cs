using System.Text.Json;

namespace Atrium.Simulators;

/// <summary>One request as it arrived, and how it ended.</summary>
public sealed class RecordedRequest
{
    private readonly TaskCompletionSource<RequestEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RecordedRequest(string method, string path, IReadOnlyDictionary<string, string> headers, string body)
    {
        Method = method;
        Path = path;
        Headers = headers;
        Body = body;
    }

    /// <summary>Verb.</summary>
    public string Method { get; }

    /// <summary>Path with query.</summary>
    public string Path { get; }

    /// <summary>Headers by name, any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body as text.</summary>
    public string Body { get; }

    /// <summary>The body as JSON; undefined when it is not.</summary>
    public JsonElement Json
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(Body);
            }
            catch (JsonException)
            {
                return default;
            }
        }
    }

    /// <summary>Completes when the answer was sent or the client closed its socket.</summary>
    public Task<RequestEnd> Ended => _end.Task;

    internal void End(RequestEnd end) => _end.TrySetResult(end);
}

/// <summary>How a request ended.</summary>
public enum RequestEnd
{
    /// <summary>The simulator had sent all it meant to send.</summary>
    Answered,

    /// <summary>The client closed the connection before that.</summary>
    ClosedByClient,
}
