using System.Net;
using System.Text.Json;

namespace Atrium.Ai;

/// <summary>Turns a provider's refusal into a <see cref="ProviderException"/>.</summary>
internal readonly struct ErrorReader(Provider provider, SecretScrubber scrubber, TimeProvider clock)
{
    /// <summary>Reads an answer whose status is not a success.</summary>
    public ProviderException Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var error = ErrorBody.Read(body);
        var status = (int)response.StatusCode;
        var retry = response.Headers.NonValidated.TryGetValues("x-should-retry", out var values) ? values.FirstOrDefault() : null;
        return Build(error, status, RetryAfter.Read(response.Headers, clock) ?? error.RetryAfter, retry, response.StatusCode);
    }

    /// <summary>Reads an error that came inside a successful answer.</summary>
    public ProviderException ReadInBand(JsonElement root)
    {
        var error = ErrorBody.Read(root);
        return Build(error, error.Status, error.RetryAfter, shouldRetry: null, status: null);
    }

    /// <summary>A prompt that the provider's filter stopped without calling it an error.</summary>
    public ProviderException Filtered(string code, string? words) =>
        Build(new ErrorBody(words ?? code, "content_filter", code, null, null, null), code: null, retryAfter: null, shouldRetry: null, status: null);

    private ProviderException Build(ErrorBody error, int? code, TimeSpan? retryAfter, string? shouldRetry, HttpStatusCode? status)
    {
        var kind = ErrorClassifier.KindOf(error, code);
        var said = scrubber.Clean(error.Message);
        var sentence = ErrorClassifier.Sentence(kind, provider.Name);
        return new ProviderException(kind, provider, said is null ? sentence : $"{sentence} It says: {said}")
        {
            Status = status,
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
