using System.Text.RegularExpressions;

namespace Atrium.Ai;

/// <summary>Decides from status, code, type and words what an error means.</summary>
internal static partial class ErrorClassifier
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    public static ProviderErrorKind KindOf(ErrorBody error, int? status)
    {
        var codes = $"{error.Code} {error.Type}";
        var words = error.Message is { Length: > 2000 } ? error.Message[..2000] : error.Message ?? "";
        if (status is 402 || (error.IsSpent ?? (QuotaCode().IsMatch(codes) || QuotaWords().IsMatch(words))))
            return ProviderErrorKind.QuotaExhausted;
        if (status is 401 or 498 || KeyCode().IsMatch(codes) || (status is 400 && KeyWords().IsMatch(words)))
            return ProviderErrorKind.KeyRefused;
        if (FilterCode().IsMatch(codes) || FilterWords().IsMatch(words))
            return ProviderErrorKind.ContentFiltered;
        if (ContextCode().IsMatch(codes) || ((status is null or 400 or 413 or 422) && ContextWords().IsMatch(words)))
            return ProviderErrorKind.ContextTooLong;
        if (ModelCode().IsMatch(codes))
            return ProviderErrorKind.ModelNotFound;
        if (NotAllowedCode().IsMatch(codes))
            return ProviderErrorKind.NotAllowed;
        return status is { } value ? ByStatus(value, words) : ByType(codes);
    }

    /// <summary>One English sentence for logs and as a last resort on screens; screens have their own words for each kind.</summary>
    public static string Sentence(ProviderErrorKind kind, string name) => kind switch
    {
        ProviderErrorKind.KeyRefused => $"{name} refused the key.",
        ProviderErrorKind.NotAllowed => $"{name} does not allow this key to do that.",
        ProviderErrorKind.QuotaExhausted => $"The credit or spending limit at {name} is used up.",
        ProviderErrorKind.RateLimited => $"{name} asks to slow down.",
        ProviderErrorKind.ModelNotFound => $"{name} does not know this model.",
        ProviderErrorKind.ContextTooLong => $"The conversation is too long for this model of {name}.",
        ProviderErrorKind.ContentFiltered => $"The content filter of {name} refused this.",
        ProviderErrorKind.NotConfigured => $"{name} was not found at this address.",
        ProviderErrorKind.Unavailable => $"{name} is not available at the moment.",
        ProviderErrorKind.Malformed => $"{name} answered with a redirect; is the address right?",
        _ => $"{name} did not accept the request.",
    };

    private static ProviderErrorKind ByStatus(int status, string words) => status switch
    {
        403 when words.Contains("api key", StringComparison.OrdinalIgnoreCase) => ProviderErrorKind.KeyRefused,
        403 when words.Contains("moderation", StringComparison.OrdinalIgnoreCase) => ProviderErrorKind.ContentFiltered,
        403 => ProviderErrorKind.NotAllowed,
        // A service names what it misses; another server says only that the page is not there.
        404 => ModelWords().IsMatch(words) ? ProviderErrorKind.ModelNotFound : ProviderErrorKind.NotConfigured,
        413 => ProviderErrorKind.ContextTooLong,
        429 => ProviderErrorKind.RateLimited,
        408 or 409 or 425 or 499 or >= 500 => ProviderErrorKind.Unavailable,
        >= 300 and < 400 => ProviderErrorKind.Malformed,
        _ => ProviderErrorKind.BadRequest,
    };

    private static ProviderErrorKind ByType(string codes) =>
        RateCode().IsMatch(codes) ? ProviderErrorKind.RateLimited
        : RequestCode().IsMatch(codes) ? ProviderErrorKind.BadRequest
        : codes.Contains("permission", StringComparison.OrdinalIgnoreCase) ? ProviderErrorKind.NotAllowed
        : codes.Contains("not_found", StringComparison.OrdinalIgnoreCase) ? ProviderErrorKind.ModelNotFound
        : ProviderErrorKind.Unavailable;

    [GeneratedRegex(@"insufficient_quota|credit_balance|spend_limit|usage_limit|insufficient_balance|billing|payment_required|credits?_exhausted|token_quota_reached|ServiceQuotaExceeded|QuotaExceeded|\bLimitExceeded\b", Options)]
    private static partial Regex QuotaCode();

    [GeneratedRegex("credit balance|insufficient (?:balance|credits|funds)|exceeded your current quota|out of credits|not enough credits|(?:hourly|daily|weekly|monthly|session) usage limit|(?:calls|requests) / month", Options)]
    private static partial Regex QuotaWords();

    [GeneratedRegex("invalid_api_key|api_key_invalid|authentication_error|invalid_authentication|unauthorized|NotAuthenticated|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|BXNIM0415E", Options)]
    private static partial Regex KeyCode();

    [GeneratedRegex("api key (?:is )?(?:not valid|invalid|expired|could not be found)|(?:invalid|incorrect|expired) api key", Options)]
    private static partial Regex KeyWords();

    [GeneratedRegex("content_filter|content_policy|responsibleai|moderation", Options)]
    private static partial Regex FilterCode();

    [GeneratedRegex("content filtering policy", Options)]
    private static partial Regex FilterWords();

    [GeneratedRegex("failed_precondition|permission_error|AccessDenied", Options)]
    private static partial Regex NotAllowedCode();

    [GeneratedRegex("context_length|context_window|request_too_large|string_above_max_length", Options)]
    private static partial Regex ContextCode();

    [GeneratedRegex("context (?:length|window|size)|too many (?:input )?tokens|prompt is too long|reduce the length|input is too long|exceeds? the (?:maximum|model's)[^.]{0,40}tokens", Options)]
    private static partial Regex ContextWords();

    [GeneratedRegex("model_not_found|invalid_model|model_decommissioned|deploymentnotfound|model_not_supported|ResourceNotFoundException", Options)]
    private static partial Regex ModelCode();

    [GeneratedRegex("model|deployment|endpoint", Options)]
    private static partial Regex ModelWords();

    [GeneratedRegex("invalid_request|validationException", Options)]
    private static partial Regex RequestCode();

    [GeneratedRegex("rate_limit|slow_down|too_?many_?requests|throttl", Options)]
    private static partial Regex RateCode();
}
