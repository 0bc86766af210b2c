using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace Atrium.Ai;

/// <summary>
/// Sends the requests of one connection: headers, time limits, retries before the first byte, and every failure as a <see cref="ProviderException"/>.
/// </summary>
internal sealed class ProviderTransport
{
    private const int LargestErrorBody = 64 * 1024;

    private readonly ProviderConnection _connection;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;
    private readonly ProviderTimeouts _timeouts;
    private readonly SecretScrubber _scrubber;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;

    public ProviderTransport(Provider provider, ProviderConnection connection, HttpMessageInvoker http, TimeProvider clock, ProviderTimeouts timeouts)
    {
        Provider = provider;
        BaseAddress = ProviderAddress.Base(provider, connection);
        _connection = connection;
        _http = http;
        _clock = clock;
        _timeouts = timeouts;
        _scrubber = new SecretScrubber(connection.Secrets(provider));
        _headers = ProviderHeaders.For(provider, connection);
    }

    public Provider Provider { get; }

    public Uri BaseAddress { get; }

    public ErrorReader Errors => new(Provider, _scrubber, _clock);

    private TimeSpan FirstByte => Provider.Deviations.FirstByteSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : _timeouts.FirstByte;

    /// <summary>Posts JSON and returns when the headers of a successful answer are there.</summary>
    public Task<ProviderExchange> PostAsync(string path, string model, ReadOnlyMemory<byte> json, string accept, CancellationToken cancellation)
    {
        var address = ProviderAddress.Join(Provider, _connection, path, model);
        return SendAsync(() => Request(HttpMethod.Post, address, accept, json), cancellation);
    }

    /// <summary>Gets JSON.</summary>
    public async Task<JsonDocument> GetJsonAsync(string path, CancellationToken cancellation)
    {
        var address = ProviderAddress.Join(Provider, _connection, path);
        await using var exchange = await SendAsync(() => Request(HttpMethod.Get, address, "application/json", body: null), cancellation);
        return await exchange.ReadJsonAsync();
    }

    public ProviderException Malformed(string why, Exception? cause = null) =>
        new(ProviderErrorKind.Malformed, Provider, $"{Provider.Name} answered in a way that cannot be read: {why}.", cause);

    private HttpRequestMessage Request(HttpMethod method, Uri address, string accept, ReadOnlyMemory<byte>? body)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        foreach (var (name, value) in _headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is { } bytes)
            request.Content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new("application/json") } };
        return request;
    }

    private async Task<ProviderExchange> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        var deadline = new CallDeadline(_clock, _timeouts.Total, cancellation);
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    return await SendOnceAsync(request(), deadline);
                }
                catch (ProviderException failure) when (attempt < _timeouts.Retries && WaitAfter(failure, attempt, deadline) is { } wait)
                {
                    deadline.Rest();
                    await WaitAsync(wait, deadline);
                }
            }
        }
        catch
        {
            deadline.Dispose();
            throw;
        }
    }

    private async Task<ProviderExchange> SendOnceAsync(HttpRequestMessage request, CallDeadline deadline)
    {
        deadline.Allow(FirstByte);
        HttpResponseMessage? response = null;
        try
        {
            using (request)
                response = await SendWithoutBufferingAsync(request, deadline.Token);
            var body = await response.Content.ReadAsStreamAsync(deadline.Token);
            if (response.IsSuccessStatusCode)
                return new ProviderExchange(Provider, response, body, deadline, _timeouts.Silence);
            throw await FailureAsync(response, body, deadline);
        }
        catch (OperationCanceledException cause)
        {
            response?.Dispose();
            throw deadline.Ended(Provider, cause);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or AuthenticationException)
        {
            response?.Dispose();
            throw Unreachable(cause);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    /// <summary>An HttpClient reads the whole body before it returns unless told otherwise; a bare invoker does not.</summary>
    private Task<HttpResponseMessage> SendWithoutBufferingAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        _http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
            : _http.SendAsync(request, cancellation);

    private async Task<ProviderException> FailureAsync(HttpResponseMessage response, Stream body, CallDeadline deadline)
    {
        var exchange = new ProviderExchange(Provider, response, body, deadline, _timeouts.Silence);
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = await exchange.ReadToEndAsync(LargestErrorBody);
        }
        catch (ProviderException)
        {
            // The status alone says enough.
            bytes = default;
        }
        return Errors.Read(response, bytes);
    }

    private ProviderException Unreachable(Exception cause) =>
        new(ProviderErrorKind.Unreachable, Provider, $"{Provider.Name} could not be reached at {BaseAddress.Host}.", cause) { IsRetryable = MayPass(cause) };

    /// <summary>
    /// What the network does (a socket or a stream that failed) may pass. What the caller's own connect callback throws instead, such as
    /// the refusal of an address, is a decision: it stands, and asking again would only repeat it.
    /// </summary>
    private static bool MayPass(Exception? cause) => cause switch
    {
        HttpRequestException { HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.Unknown) } => false,
        HttpRequestException { InnerException: { } inner } => MayPass(inner),
        HttpRequestException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>How long to wait before the next attempt; null when there must be none.</summary>
    private TimeSpan? WaitAfter(ProviderException failure, int attempt, CallDeadline deadline)
    {
        if (!failure.IsRetryable || failure.Kind is not (ProviderErrorKind.RateLimited or ProviderErrorKind.Unavailable or ProviderErrorKind.Unreachable))
            return null;
        var backoff = Math.Min(8, 0.5 * Math.Pow(2, attempt)) * (1 - (Random.Shared.NextDouble() / 4));
        var wait = failure.RetryAfter ?? TimeSpan.FromSeconds(backoff);
        return wait <= _timeouts.LongestRetryWait && wait < deadline.Left ? wait : null;
    }

    private async Task WaitAsync(TimeSpan wait, CallDeadline deadline)
    {
        try
        {
            await Task.Delay(wait, _clock, deadline.Token);
        }
        catch (OperationCanceledException cause)
        {
            throw deadline.Ended(Provider, cause);
        }
    }
}
