using System.Net.Sockets;

namespace Atrium.Ai;

/// <summary>What the network did, as an exception people understand.</summary>
internal static class NetworkFailure
{
    public static ProviderException Of(Provider provider, Uri address, Exception cause) =>
        new(ProviderErrorKind.Unreachable, provider, $"{provider.Name} could not be reached at {address.Host}.", cause)
        {
            IsRetryable = MayPass(cause),
            IsBeforeTheService = cause is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
        };

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
}
