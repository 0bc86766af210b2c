using System.Net.Http.Headers;
using System.Text;

namespace Atrium.Testing.Fuzz;

/// <summary>What the API must say to a hostile request.</summary>
public enum Expectation
{
    /// <summary>Any answer that is not a failure of the server.</summary>
    NoFailure,

    /// <summary>A status from 400 to 499, as a problem.</summary>
    Refused,

    /// <summary>A 400 whose <c>errors</c> name the spoiled field.</summary>
    NamesTheField,
}

/// <summary>One request that no honest client sends.</summary>
/// <param name="Target">Path and query, percent-encoded.</param>
/// <param name="Body">Null: no body at all.</param>
/// <param name="Field">The spoiled field, for <see cref="Expectation.NamesTheField"/>.</param>
public sealed record HostileRequest(ApiOperation Operation, string Target, byte[]? Body, string? ContentType, Expectation Expectation, string? Field, string Why)
{
    /// <summary>Bytes the body pretends to have beyond <see cref="Body"/>; they are sent as zeros.</summary>
    public long ExtraBytes { get; init; }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Operation.Method, new Uri(Target, UriKind.Relative));
        if (Body is null)
            return message;
        message.Content = ExtraBytes > 0 ? new EndlessContent(ExtraBytes) : new ByteArrayContent(Body);
        if (ContentType is not null)
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        return message;
    }

    public override string ToString() => $"{Operation.Method} {(Target.Length > 120 ? Target[..120] + "…" : Target)} ({Why}): {(Body is null ? "no body" : Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 200))))}";

    private sealed class EndlessContent(long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var piece = Encoding.ASCII.GetBytes(new string(' ', 65536));
            for (var sent = 0L; sent < length; sent += piece.Length)
                await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
