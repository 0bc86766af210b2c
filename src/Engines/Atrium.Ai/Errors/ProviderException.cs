using System.Net;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>
/// Every failure of a provider. Its texts never hold a secret of the connection.
/// While streaming it is thrown after everything received before it was delivered.
/// </summary>
#pragma warning disable RCS1194 // An exception without a provider would say nothing: there is one way to make it.
public sealed class ProviderException : Exception
#pragma warning restore RCS1194
{
    internal ProviderException(ProviderErrorKind kind, Provider provider, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        ProviderId = provider.Id;
    }

    /// <summary>What went wrong.</summary>
    public ProviderErrorKind Kind { get; }

    /// <summary>Id of the provider's row.</summary>
    public string ProviderId { get; }

    /// <summary>The HTTP status of the answer, null when there was none or the error came inside a stream.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The provider's own words, at most 500 characters, without secrets; null when it said nothing.</summary>
    public string? ProviderMessage { get; init; }

    /// <summary>The provider's own error code, e.g. <c>context_length_exceeded</c>; null when it gave none.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>The setting, parameter or request field at fault, null when unknown.</summary>
    public string? Field { get; init; }

    /// <summary>How long the provider asks to wait, null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Tokens the provider had counted before it failed, null when unknown.</summary>
    public UsageDetails? Usage { get; internal set; }

    /// <summary>True when the same call may succeed later without anybody changing anything.</summary>
    public bool IsRetryable { get; internal set; }

    /// <summary>True when nothing can have been begun: no connection was made, or the request was turned away for its rate.</summary>
    internal bool IsBeforeTheService { get; init; }

    /// <summary>The provider's clock when it refused, null when it did not say.</summary>
    internal DateTimeOffset? ServerTime { get; init; }

    internal static ProviderException NotConfigured(Provider provider, string field) =>
        new(ProviderErrorKind.NotConfigured, provider, $"{provider.Name}: the setting '{field}' is missing or not valid.") { Field = field };

    /// <param name="field">The field of the request that asks for it, null when it is the whole request.</param>
    internal static ProviderException Unsupported(Provider provider, string what, string? field = null) =>
        new(ProviderErrorKind.Unsupported, provider, $"{provider.Name} cannot be used for this: {what}.") { Field = field };
}
