using System.Net;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class ErrorTests
{
    private static readonly ManualClock Clock = new();

    [Theory]
    [InlineData(401, """{"error":{"message":"no","type":"invalid_request_error","code":"invalid_api_key"}}""", ProviderErrorKind.KeyRefused, "no")]
    [InlineData(400, """[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]""", ProviderErrorKind.KeyRefused, "API key not valid")]
    [InlineData(403, """{"code":"forbidden","error":"Your API key is blocked"}""", ProviderErrorKind.KeyRefused, "Your API key is blocked")]
    [InlineData(403, """{"error":{"message":"Country not supported","code":"unsupported_country_region_territory"}}""", ProviderErrorKind.NotAllowed, "Country not supported")]
    [InlineData(403, """{"error":{"code":403,"message":"Input flagged by moderation","metadata":{"reasons":["x"]}}}""", ProviderErrorKind.ContentFiltered, "Input flagged by moderation")]
    [InlineData(402, """{"error":{"message":"Insufficient Balance"}}""", ProviderErrorKind.QuotaExhausted, "Insufficient Balance")]
    [InlineData(400, """{"error":{"message":"Your credit balance is too low"}}""", ProviderErrorKind.QuotaExhausted, "Your credit balance is too low")]
    [InlineData(429, """{"error":{"message":"x","type":"insufficient_quota","code":"project_spend_limit_exceeded"}}""", ProviderErrorKind.QuotaExhausted, "x")]
    [InlineData(429, """{"object":"error","message":"Requests rate limit exceeded","type":"rate_limited","param":null,"code":"1300"}""", ProviderErrorKind.RateLimited, "Requests rate limit exceeded")]
    [InlineData(404, """{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","code":404}""", ProviderErrorKind.ModelNotFound, "The model `x` does not exist.")]
    [InlineData(404, """{"detail":"Not Found"}""", ProviderErrorKind.NotConfigured, "Not Found")]
    [InlineData(404, "<html>nothing here</html>", ProviderErrorKind.NotConfigured, null)]
    [InlineData(413, """{"error":{"message":"Request too large for model: tokens per minute","code":"rate_limit_exceeded"}}""", ProviderErrorKind.ContextTooLong, "Request too large for model: tokens per minute")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens","code":400}}""", ProviderErrorKind.ContextTooLong, "This model's maximum context length is 8192 tokens")]
    [InlineData(400, """{"error":{"message":"x","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", ProviderErrorKind.ContentFiltered, "x")]
    [InlineData(422, """{"detail":[{"loc":["body","messages"],"msg":"field required"}]}""", ProviderErrorKind.BadRequest, "field required")]
    [InlineData(400, """{"errors":[{"code":"invalid_input","message":"bad input"}]}""", ProviderErrorKind.BadRequest, "bad input")]
    [InlineData(500, """{"detail":{"error":"inference failed"}}""", ProviderErrorKind.Unavailable, "inference failed")]
    [InlineData(503, "no healthy upstream", ProviderErrorKind.Unavailable, "no healthy upstream")]
    [InlineData(529, "", ProviderErrorKind.Unavailable, null)]
    [InlineData(498, """{"message":"invalid token"}""", ProviderErrorKind.KeyRefused, "invalid token")]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"r"}""", ProviderErrorKind.Unavailable, "Overloaded")]
    [InlineData(429, """{"type":"error","error":{"type":"rate_limit_error","message":"x","details":{"error_code":"enforced_spend_limit_reached"}}}""", ProviderErrorKind.QuotaExhausted, "x")]
    [InlineData(413, """{"type":"error","error":{"type":"request_too_large","message":"x"}}""", ProviderErrorKind.ContextTooLong, "x")]
    [InlineData(400, """{"error":{"code":400,"message":"User location is not supported","status":"FAILED_PRECONDITION"}}""", ProviderErrorKind.NotAllowed, "User location is not supported")]
    [InlineData(429, """{"error":"you have reached your session usage limit, upgrade for higher limits"}""", ProviderErrorKind.QuotaExhausted, "you have reached your session usage limit, upgrade for higher limits")]
    [InlineData(404, """{"error":"model 'x' not found"}""", ProviderErrorKind.ModelNotFound, "model 'x' not found")]
    [InlineData(418, "{\"error\":{\"message\":\"\\ud800 \\u0000 lines\\nof\\ttext\"}}", ProviderErrorKind.BadRequest, "\uFFFD lines of text")]
    public async Task Reads_what_a_service_says(int status, string body, ProviderErrorKind kind, string? message)
    {
        var failure = await FailAsync(ReplayHandler.Of(body, (HttpStatusCode)status));

        failure.Kind.ShouldBe(kind);
        failure.ProviderMessage.ShouldBe(message);
        ((int)failure.Status!.Value).ShouldBe(status);
        failure.IsRetryable.ShouldBe(kind is ProviderErrorKind.RateLimited or ProviderErrorKind.Unavailable);
    }

    [Theory]
    [InlineData("retry-after", "7", 7_000)]
    [InlineData("retry-after", "1.5", 1_500)]
    [InlineData("retry-after", "0", 0)]
    [InlineData("retry-after", "Fri, 20 Nov 2026 12:00:30 GMT", 30_000)]
    [InlineData("retry-after", "Fri, 20 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("retry-after-ms", "250", 250)]
    [InlineData("x-ms-retry-after-ms", "1200", 1_200)]
    [InlineData("retry-after", "99999999999999999999", 86_400_000)]
    [InlineData("retry-after", "soon", null)]
    [InlineData("retry-after", "-5", null)]
    [InlineData("retry-after", "", null)]
    public void Reads_every_form_of_retry_after(string header, string value, int? milliseconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation(header, value);

        RetryAfter.Read(response.Headers, Clock).ShouldBe(milliseconds is { } wait ? TimeSpan.FromMilliseconds(wait) : null);
    }

    [Fact]
    public void Falls_back_on_the_reset_of_what_is_used_up()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("x-ratelimit-remaining-requests", "5");
        response.Headers.TryAddWithoutValidation("x-ratelimit-reset-requests", "1s");
        response.Headers.TryAddWithoutValidation("x-ratelimit-remaining-tokens", "0");
        response.Headers.TryAddWithoutValidation("x-ratelimit-reset-tokens", "6m0s");

        RetryAfter.Read(response.Headers, Clock).ShouldBe(TimeSpan.FromMinutes(6));
    }

    [Fact]
    public void Waits_for_the_last_of_anthropics_limits_that_are_used_up()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("anthropic-ratelimit-requests-remaining", "0");
        response.Headers.TryAddWithoutValidation("anthropic-ratelimit-requests-reset", "2026-11-20T12:00:10Z");
        response.Headers.TryAddWithoutValidation("anthropic-ratelimit-input-tokens-remaining", "0");
        response.Headers.TryAddWithoutValidation("anthropic-ratelimit-input-tokens-reset", "2026-11-20T12:00:45Z");
        response.Headers.TryAddWithoutValidation("anthropic-ratelimit-tokens-remaining", "900");
        response.Headers.TryAddWithoutValidation("anthropic-ratelimit-tokens-reset", "2026-11-20T12:10:00Z");

        RetryAfter.Read(response.Headers, Clock).ShouldBe(TimeSpan.FromSeconds(45));
    }

    [Theory]
    [InlineData("20ms", 20)]
    [InlineData("34.4s", 34_400)]
    [InlineData("1h2m3s", 3_723_000)]
    [InlineData("s", null)]
    [InlineData("5", null)]
    public void Reads_durations(string text, int? milliseconds) =>
        RetryAfter.Duration(text).ShouldBe(milliseconds is { } wait ? TimeSpan.FromMilliseconds(wait) : null);

    [Fact]
    public async Task Obeys_the_service_that_says_whether_to_try_again()
    {
        var handler = new ReplayHandler([]) { Status = HttpStatusCode.ServiceUnavailable, Headers = new Dictionary<string, string> { ["x-should-retry"] = "false" } };

        (await FailAsync(handler)).IsRetryable.ShouldBeFalse();
    }

    [Fact]
    public async Task Caps_what_a_service_says()
    {
        var failure = await FailAsync(ReplayHandler.Of($$$"""{"error":{"message":"{{{new string('x', 5_000)}}}"}}""", HttpStatusCode.BadRequest));

        failure.ProviderMessage!.Length.ShouldBe(500);
        failure.ProviderMessage.ShouldEndWith("…");
    }

    private static Task<ProviderException> FailAsync(ReplayHandler handler) =>
        Should.ThrowAsync<ProviderException>(() => handler.Client().GetResponseAsync("Hi", Options("m"), Cancellation));
}
