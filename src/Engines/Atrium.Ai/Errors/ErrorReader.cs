using System.Text.Json;

namespace Atrium.Ai;

/// <summary>Turns a provider's refusal into a <see cref="ProviderException"/>.</summary>
internal readonly struct ErrorReader(Provider provider, SecretScrubber scrubber, TimeProvider clock)
{
    /// <summary>Reads an answer whose status is not a success.</summary>
    public ProviderException Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var error = ErrorBody.Read(body);
        // AWS names the error in a header, as in "ThrottlingException:http://…".
        if (Header(response, "x-amzn-ErrorType")?.Split(':')[0] is { Length: > 0 } type)
            error = error with { Code = type };
        var waits = RetryAfter.Read(response.Headers, clock) ?? error.RetryAfter;
        return Build(error, (int)response.StatusCode, waits, Header(response, "x-should-retry"), response);
    }

    /// <summary>Reads an error that came inside a successful answer.</summary>
    public ProviderException ReadInBand(JsonElement root)
    {
        var error = ErrorBody.Read(root);
        return Build(error, error.Status, error.RetryAfter, shouldRetry: null);
    }

    /// <summary>Reads an error that came inside a successful answer under the name of its kind.</summary>
    public ProviderException ReadNamed(string name, JsonElement root) =>
        Build(ErrorBody.Read(root) with { Code = name }, code: null, retryAfter: null, shouldRetry: null);

    /// <summary>A prompt that the provider's filter stopped without calling it an error.</summary>
    public ProviderException Filtered(string code, string? words) =>
        Build(new ErrorBody(words ?? code, "content_filter", code, null, null, null), code: null, retryAfter: null, shouldRetry: null);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private ProviderException Build(ErrorBody error, int? code, TimeSpan? retryAfter, string? shouldRetry, HttpResponseMessage? response = null)
    {
        var kind = ErrorClassifier.KindOf(error, code);
        var said = scrubber.Clean(error.Message);
        var sentence = ErrorClassifier.Sentence(kind, provider.Name);
        return new ProviderException(kind, provider, said is null ? sentence : $"{sentence} It says: {said}")
        {
            Status = response?.StatusCode,
            IsBeforeTheService = kind is ProviderErrorKind.RateLimited,
            ServerTime = response?.Headers.Date,
            ProviderMessage = said,
            ProviderCode = scrubber.Clean(error.Code ?? error.Type),
            Field = scrubber.Clean(error.Field),
            RetryAfter = kind is ProviderErrorKind.RateLimited or ProviderErrorKind.Unavailable ? retryAfter : null,
            IsRetryable = kind is not ProviderErrorKind.QuotaExhausted && shouldRetry switch
            {
                "true" => true,
                "false" => false,
                _ => kind is ProviderErrorKind.RateLimited or ProviderErrorKind.Unavailable,
            },
        };
    }
}
