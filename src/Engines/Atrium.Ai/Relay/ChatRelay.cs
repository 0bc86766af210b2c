namespace Atrium.Ai;

/// <summary>Hands chat calls through to a service that speaks the program's own format: no field is lost, because none is read and written anew.</summary>
public sealed class ChatRelay
{
    private readonly ProviderTransport _transport;

    internal ChatRelay(ProviderTransport transport) => _transport = transport;

    /// <summary>True when a service takes requests of a format as programs write them. One that is known to differ gets its calls translated instead.</summary>
    public static bool Speaks(Provider provider, RelayFormat format)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return provider.IsUsable && format switch
        {
            RelayFormat.AnthropicMessages => provider.Dialect is "anthropic-messages",
            _ => provider is
            {
                Dialect: "openai-chat",
                Deviations:
                {
                    SeedField: "seed", RequiredToolChoice: "required", NoParallelToolCalls: false, ShortToolCallIds: false, MergesSameRole: false, ThinkTags: false,
                },
            },
        };
    }

    /// <summary>Sends a request and returns when the answer begins.</summary>
    /// <param name="request">What the program wrote.</param>
    /// <param name="format">What it speaks.</param>
    /// <param name="model">The service's own name of the model.</param>
    /// <param name="mostOutput">The most tokens the answer may have, at least 1.</param>
    /// <param name="headers">Headers of the program that belong to the format, such as <c>anthropic-beta</c>.</param>
    /// <exception cref="ProviderException">The service refused, or could not be reached.</exception>
    public async Task<RelayedAnswer> SendAsync(
        RelayRequest request, RelayFormat format, string model, int mostOutput, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var provider = _transport.Provider;
        var path = request.Streams ? provider.StreamPath ?? provider.ChatPath : provider.ChatPath;
        var most = Math.Min(mostOutput, provider.Deviations.MaxOutputTokens ?? mostOutput);
        var exchange = await RefusedFields.RetryAsync(
            refused => _transport.SendAsync(
                new ProviderRequest(HttpMethod.Post, _transport.Address(path, model), request.Streams ? "text/event-stream" : "application/json")
                {
                    Body = request.Write(model, most, provider, refused),
                    Headers = headers,
                },
                cancellation),
            refusal => OursAmong(refusal, request));
        IRelayWatch watch = format is RelayFormat.AnthropicMessages
            ? new AnthropicRelayWatch(_transport)
            : new OpenAiRelayWatch(_transport, dropsUsage: request is { Streams: true, AsksForUsage: false });
        return new RelayedAnswer(exchange, watch);
    }

    /// <summary>The field a refusal is about, if it was the house that added it.</summary>
    private string? OursAmong(ProviderException refusal, RelayRequest request)
    {
        var limit = _transport.Provider.Deviations.MaxTokensField;
        var words = refusal.Field ?? refusal.ProviderMessage ?? "";
        return request.LimitField is null && words.Contains(limit, StringComparison.Ordinal) ? limit
            : request is { Streams: true, AsksForUsage: false } && words.Contains("stream_options", StringComparison.Ordinal) ? "stream_options"
            : null;
    }
}
