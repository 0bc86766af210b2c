using System.Security.Authentication;
using System.Text;
using System.Text.Json;

namespace Atrium.Ai;

/// <summary>
/// Sends the requests of one connection: headers, time limits, retries before the first byte, and every failure as a <see cref="ProviderException"/>.
/// </summary>
internal sealed class ProviderTransport
{
    private const int LargestErrorBody = 64 * 1024;
    private static readonly HeaderProof NoProof = new([]);
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private readonly ProviderConnection _connection;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;
    private readonly ProviderTimeouts _timeouts;
    private readonly SecretScrubber _scrubber;
    private readonly IRequestProof _proof;

    public ProviderTransport(
        Provider provider, ProviderConnection connection, HttpMessageInvoker http, TimeProvider clock, ProviderTimeouts timeouts, TokenCache tokens)
    {
        ProviderHeaders.CheckRequired(provider, connection);
        Provider = provider;
        BaseAddress = ProviderAddress.Base(provider, connection);
        _connection = connection;
        _http = http;
        _clock = clock;
        _timeouts = timeouts;
        _scrubber = new SecretScrubber(connection.Secrets(provider));
        _proof = provider.Authentication switch
        {
            ProviderAuthentication.AwsSigV4 => AwsSignature.For(provider, connection, clock),
            ProviderAuthentication.IbmIam => new IbmIamToken(this, ProviderHeaders.Value(provider, connection, "apiKey")!, tokens, clock),
            ProviderAuthentication.OciSignature => new OciSignature(provider, connection, clock),
            _ => new HeaderProof(ProviderHeaders.For(provider, connection)),
        };
    }

    public Provider Provider { get; }

    public Uri BaseAddress { get; }

    public TimeProvider Clock => _clock;

    /// <summary>The most time a call may take.</summary>
    public TimeSpan Total => _timeouts.Total;

    /// <summary>The first model the person typed, else the first of the row; null when none is known.</summary>
    public string? DefaultModel => _connection.TypedModels(Provider) is [var first, ..] ? first : Provider.DefaultModel;

    public ErrorReader Errors => new(Provider, _scrubber, _clock);

    private TimeSpan FirstByte => Provider.Deviations.FirstByteSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : _timeouts.FirstByte;

    /// <summary>The value of a setting, null when it has none.</summary>
    public string? Setting(string name) => _connection.Value(Provider, name);

    /// <summary>The address of a path of the row or the dialect.</summary>
    public Uri Address(string path, string? model = null) => ProviderAddress.Join(Provider, _connection, path, model);

    /// <summary>True when the connection's secrets may be sent to an address that a provider named.</summary>
    public bool MayReach(Uri address) =>
        ProviderAddress.Origins(Provider, _connection.Settings, _connection.BaseUrl).Contains(address.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a text out of every message from now on.</summary>
    public void Hide(string secret) => _scrubber.Add(secret);

    /// <summary>Posts JSON and returns when the headers of a successful answer are there.</summary>
    public Task<ProviderExchange> PostAsync(string path, string model, ReadOnlyMemory<byte> json, string accept, CancellationToken cancellation) =>
        SendAsync(new ProviderRequest(HttpMethod.Post, Address(path, model), accept) { Body = json }, cancellation);

    /// <summary>Posts JSON and reads the answer as JSON.</summary>
    public async Task<JsonDocument> PostJsonAsync(string path, string model, ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        await using var exchange = await PostAsync(path, model, json, "application/json", cancellation);
        return await exchange.ReadJsonAsync();
    }

    /// <summary>Gets JSON.</summary>
    public async Task<JsonDocument> GetJsonAsync(string path, CancellationToken cancellation)
    {
        await using var exchange = await SendAsync(new ProviderRequest(HttpMethod.Get, Address(path), "application/json"), cancellation);
        return await exchange.ReadJsonAsync();
    }

    /// <summary>Posts a form that carries its own proof and reads the answer; a single attempt with limits of its own.</summary>
    public async Task<JsonDocument> ExchangeAsync(Uri address, IReadOnlyDictionary<string, string> form)
    {
        var body = string.Join('&', form.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        var request = new ProviderRequest(HttpMethod.Post, address, "application/json")
        {
            Body = Encoding.ASCII.GetBytes(body),
            ContentType = "application/x-www-form-urlencoded",
        };
        using var deadline = new CallDeadline(_clock, _timeouts.FirstByte + _timeouts.Silence, CancellationToken.None);
        await using var exchange = await SendOnceAsync(request, NoProof, deadline);
        return await exchange.ReadJsonAsync();
    }

    /// <summary>Sends a request and returns when the headers of a successful answer are there.</summary>
    public async Task<ProviderExchange> SendAsync(ProviderRequest request, CancellationToken cancellation)
    {
        var deadline = new CallDeadline(_clock, _timeouts.Total, cancellation);
        var isRenewed = false;
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    return await SendOnceAsync(request, request.IsProven ? _proof : NoProof, deadline);
                }
                catch (ProviderException failure)
                {
                    if (!request.IsRepeatable && !failure.IsBeforeTheService)
                        failure.IsRetryable = false;
                    // A proof that was too old was refused before anything was done.
                    if (!isRenewed && (isRenewed = _proof.Renew(failure)))
                    {
                        attempt--;
                        continue;
                    }
                    if (attempt >= _timeouts.Retries || WaitAfter(failure, attempt, deadline) is not { } wait)
                        throw;
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

    /// <summary>Sends a request whose answer nobody waits long for, and lets every failure pass.</summary>
    public async Task TellAsync(ProviderRequest request)
    {
        using var deadline = new CallDeadline(_clock, FarewellTime, CancellationToken.None);
        try
        {
            await using var exchange = await SendOnceAsync(request, _proof, deadline);
        }
        catch (ProviderException)
        {
            // Whoever is told may have gone already.
        }
    }

    public ProviderException TimedOut() =>
        new(ProviderErrorKind.TimedOut, Provider, $"{Provider.Name} did not answer in time.") { IsRetryable = true };

    public ProviderException Malformed(string why, Exception? cause = null) =>
        new(ProviderErrorKind.Malformed, Provider, $"{Provider.Name} answered in a way that cannot be read: {why}.", cause);

    private async Task<ProviderExchange> SendOnceAsync(ProviderRequest outgoing, IRequestProof proof, CallDeadline deadline)
    {
        deadline.Allow(FirstByte);
        HttpResponseMessage? response = null;
        try
        {
            using (var request = outgoing.Build())
            {
                await proof.AddAsync(request, outgoing.Body, deadline.Token);
                response = await SendWithoutBufferingAsync(request, deadline.Token);
            }
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
            throw NetworkFailure.Of(Provider, BaseAddress, cause);
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
