namespace Atrium.Ai;

/// <summary>What went wrong at a provider, in the terms a person or a fallback chain acts on.</summary>
public enum ProviderErrorKind
{
    /// <summary>The request cannot be built: a setting, address or model is missing or malformed.</summary>
    NotConfigured,

    /// <summary>This provider or row cannot do what was asked, e.g. read images.</summary>
    Unsupported,

    /// <summary>The key is wrong, revoked or blocked: its owner must replace it.</summary>
    KeyRefused,

    /// <summary>The key is right but may not do this (region, plan, permission).</summary>
    NotAllowed,

    /// <summary>Credit or a spending limit is used up: never retried.</summary>
    QuotaExhausted,

    /// <summary>Too many requests or tokens for now.</summary>
    RateLimited,

    /// <summary>The model does not exist for this key.</summary>
    ModelNotFound,

    /// <summary>The conversation is longer than the model takes.</summary>
    ContextTooLong,

    /// <summary>The provider's filter refused the prompt.</summary>
    ContentFiltered,

    /// <summary>The provider did not accept the request for another reason.</summary>
    BadRequest,

    /// <summary>The provider is overloaded or broken.</summary>
    Unavailable,

    /// <summary>No answer, or silence inside one, for too long.</summary>
    TimedOut,

    /// <summary>The answer stopped before its end. What came before it was delivered.</summary>
    Truncated,

    /// <summary>The answer is not in the provider's format (a web page, broken JSON, too big).</summary>
    Malformed,

    /// <summary>No connection: refused, no such host, TLS failed, or the address is not allowed.</summary>
    Unreachable,
}
