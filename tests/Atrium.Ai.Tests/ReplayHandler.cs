using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

/// <summary>Answers every request with the same bytes, cut into given pieces, without a network.</summary>
internal sealed class ReplayHandler(IReadOnlyList<ReadOnlyMemory<byte>> pieces, bool endsWithReset = false) : HttpMessageHandler
{
    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? RequestBody { get; private set; }

    public Uri? RequestAddress { get; private set; }

    public int Requests { get; private set; }

    public static ReplayHandler Of(string body, HttpStatusCode status = HttpStatusCode.OK) => new([Encoding.UTF8.GetBytes(body)]) { Status = status };

    /// <summary>A client for a row whose provider answers with these bytes, one after the other.</summary>
    public IChatClient Client(string row = "openai", string key = Key) =>
        new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row(row), Connection(Row(row), key), new HttpMessageInvoker(this));

    public static ProviderConnection Connection(Provider row, string key = Key) => At("https://provider.example/v1", row, key);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Prepared(request) is { } prepared)
            return new HttpResponseMessage { Content = new StringContent(prepared) };
        Requests++;
        RequestAddress = request.RequestUri;
        RequestBody = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = new HttpResponseMessage(Status) { Content = new StreamContent(new PiecesStream(pieces, endsWithReset)) };
        foreach (var (name, value) in Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    /// <summary>What comes before or after the answer: a token for a key, and what is known of a prediction beside its stream.</summary>
    private static string? Prepared(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("/identity/token", StringComparison.Ordinal))
            return """{"access_token":"token","expires_in":3600}""";
        if (path.EndsWith("/predictions", StringComparison.Ordinal) && request.Headers.TryGetValues("Prefer", out _) is false)
            return """{"id":"p1","status":"starting","urls":{"stream":"https://provider.example/v1/predictions/p1/stream"}}""";
        return path.EndsWith("/predictions/p1", StringComparison.Ordinal) || path.EndsWith("/cancel", StringComparison.Ordinal) ? """{"id":"p1","status":"succeeded"}""" : null;
    }

    private sealed class PiecesStream(IReadOnlyList<ReadOnlyMemory<byte>> pieces, bool endsWithReset) : Stream
    {
        private int _piece;
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            while (_piece < pieces.Count && _at == pieces[_piece].Length)
                (_piece, _at) = (_piece + 1, 0);
            if (_piece == pieces.Count)
                return endsWithReset ? throw new IOException("The connection was reset.") : 0;
            var count = Math.Min(buffer.Length, pieces[_piece].Length - _at);
            pieces[_piece].Span.Slice(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
