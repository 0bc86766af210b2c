namespace Atrium.Ai;

/// <summary>Sends a request again without what a model turns out to refuse and a person can do without, once for each such thing.</summary>
internal static class RefusedFields
{
    /// <param name="send">Sends the request without the given fields.</param>
    /// <param name="fieldOf">The field that a refusal is about; null when it is about something else.</param>
    public static async Task<ProviderExchange> RetryAsync(
        Func<IReadOnlySet<string>, Task<ProviderExchange>> send, Func<ProviderException, string?> fieldOf)
    {
        var refused = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            try
            {
                return await send(refused);
            }
            catch (ProviderException refusal) when (refusal.Kind is ProviderErrorKind.BadRequest && fieldOf(refusal) is { } field && refused.Add(field))
            {
                // Asked again above without it: nothing was generated or charged.
            }
        }
    }
}
