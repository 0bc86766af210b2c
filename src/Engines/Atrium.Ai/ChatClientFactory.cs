using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Makes chat clients for rows of the catalogue. Thread-safe; one per process is enough.</summary>
/// <param name="clock">Measures time-outs and waits between attempts.</param>
/// <param name="timeouts">Limits of each call, null for the defaults.</param>
public sealed class ChatClientFactory(TimeProvider clock, ProviderTimeouts? timeouts = null)
{
    private readonly ProviderTimeouts _timeouts = timeouts ?? new ProviderTimeouts();
    private readonly TokenCache _tokens = new(clock);

    /// <summary>A chat client for one connection. It does not own <paramref name="http"/>.</summary>
    /// <param name="provider">The row.</param>
    /// <param name="connection">Key, settings and address.</param>
    /// <param name="http">Sends every request; it decides which hosts may be reached and limits the time to connect.</param>
    /// <exception cref="ProviderException">
    /// <see cref="ProviderErrorKind.Unsupported"/> when the row is not usable, <see cref="ProviderErrorKind.NotConfigured"/> when a needed setting is missing.
    /// </exception>
    public IChatClient Create(Provider provider, ProviderConnection connection, HttpMessageInvoker http)
    {
        var transport = Transport(provider, connection, http);
        return new ProviderChatClient(DialectOf(provider), transport);
    }

    /// <summary>A relay to one connection. It does not own <paramref name="http"/>.</summary>
    /// <param name="provider">A row that <see cref="ChatRelay.Speaks"/> says takes the format as it is.</param>
    /// <param name="connection">Key, settings and address.</param>
    /// <param name="http">Sends every request.</param>
    /// <exception cref="ProviderException">
    /// <see cref="ProviderErrorKind.Unsupported"/> when the row is not usable, <see cref="ProviderErrorKind.NotConfigured"/> when a needed setting is missing.
    /// </exception>
    public ChatRelay CreateRelay(Provider provider, ProviderConnection connection, HttpMessageInvoker http) => new(Transport(provider, connection, http));

    /// <summary>A generator of embeddings for one connection. It does not own <paramref name="http"/>.</summary>
    /// <param name="provider">The row.</param>
    /// <param name="connection">Key, settings and address.</param>
    /// <param name="http">Sends every request.</param>
    /// <param name="defaultModel">The model of calls that name none, null to refuse them.</param>
    /// <exception cref="ProviderException">
    /// <see cref="ProviderErrorKind.Unsupported"/> when the row makes none, <see cref="ProviderErrorKind.NotConfigured"/> when a needed setting is missing.
    /// </exception>
    public IEmbeddingGenerator<string, Embedding<float>> CreateEmbeddings(
        Provider provider, ProviderConnection connection, HttpMessageInvoker http, string? defaultModel = null)
    {
        var transport = Transport(provider, connection, http);
        return provider.EmbeddingsPath is not null && DialectOf(provider) is IEmbeddingDialect dialect
            ? new ProviderEmbeddingGenerator(dialect, transport, defaultModel)
            : throw ProviderException.Unsupported(provider, "it makes no embeddings");
    }

    /// <summary>A generator of embeddings of texts that come as numbers of the model's own tokens. It does not own <paramref name="http"/>.</summary>
    /// <param name="provider">The row.</param>
    /// <param name="connection">Key, settings and address.</param>
    /// <param name="http">Sends every request.</param>
    /// <exception cref="ProviderException">
    /// <see cref="ProviderErrorKind.Unsupported"/> when the row makes none or reads texts only, <see cref="ProviderErrorKind.NotConfigured"/> when a
    /// needed setting is missing.
    /// </exception>
    public IEmbeddingGenerator<IReadOnlyList<int>, Embedding<float>> CreateTokenEmbeddings(Provider provider, ProviderConnection connection, HttpMessageInvoker http)
    {
        var transport = Transport(provider, connection, http);
        if (provider.EmbeddingsPath is null || DialectOf(provider) is not IEmbeddingDialect dialect)
            throw ProviderException.Unsupported(provider, "it makes no embeddings");
        return provider.Deviations.ReadsTokens
            ? new TokenEmbeddingGenerator(dialect, transport)
            : throw ProviderException.Unsupported(provider, "it reads texts, not token numbers", "input");
    }

    /// <summary>A generator of pictures for one connection. It does not own <paramref name="http"/>.</summary>
    /// <param name="provider">The row.</param>
    /// <param name="connection">Key, settings and address.</param>
    /// <param name="http">Sends every request.</param>
    /// <param name="defaultModel">The model of calls that name none, null to refuse them.</param>
    /// <exception cref="ProviderException">
    /// <see cref="ProviderErrorKind.Unsupported"/> when the row makes none, <see cref="ProviderErrorKind.NotConfigured"/> when a needed setting is missing.
    /// </exception>
    public IImageGenerator CreateImages(Provider provider, ProviderConnection connection, HttpMessageInvoker http, string? defaultModel = null)
    {
        var transport = Transport(provider, connection, http);
        return provider.ImagesPath is not null && DialectOf(provider) is IImageDialect dialect
            ? new ProviderImageGenerator(dialect, transport, defaultModel)
            : throw ProviderException.Unsupported(provider, "it makes no pictures");
    }

    /// <summary>The models the provider offers this key; the row's own list where the provider has none to ask for.</summary>
    /// <exception cref="ProviderException">The provider could not be asked.</exception>
    public async Task<IReadOnlyList<ProviderModel>> ListModelsAsync(
        Provider provider, ProviderConnection connection, HttpMessageInvoker http, CancellationToken cancellation = default)
    {
        var transport = Transport(provider, connection, http);
        return provider.ModelsPath is null
            ? KnownModels(provider, connection)
            : await DialectOf(provider).ListModelsAsync(transport, cancellation);
    }

    /// <summary>Tries a key in the cheapest way the row names. Failures are in the result; only cancellation throws.</summary>
    public async Task<KeyCheckResult> CheckKeyAsync(
        Provider provider, ProviderConnection connection, HttpMessageInvoker http, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(provider);
        try
        {
            var transport = Transport(provider, connection, http);
            if (provider.KeyCheck is "chat")
                await AskForOneTokenAsync(provider, transport, cancellation);
            else if (provider.KeyCheck is not "models")
                (await transport.GetJsonAsync(provider.KeyCheck, cancellation)).Dispose();
            return new KeyCheckResult(Works: true, await ListModelsAsync(provider, connection, http, cancellation), Problem: null);
        }
        catch (ProviderException problem)
        {
            return new KeyCheckResult(problem.Kind is ProviderErrorKind.RateLimited, KnownModels(provider, connection), problem);
        }
    }

    private static async Task AskForOneTokenAsync(Provider provider, ProviderTransport transport, CancellationToken cancellation)
    {
        var model = transport.DefaultModel ?? throw ProviderException.NotConfigured(provider, "model");
        var call = new ProviderCall(transport, model, [new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { MaxOutputTokens = 1 });
        await DialectOf(provider).AnswerAsync(call, cancellation);
    }

    private static IReadOnlyList<ProviderModel> KnownModels(Provider provider, ProviderConnection connection) =>
        [.. connection.TypedModels(provider).Union(provider.Models, StringComparer.Ordinal).Select(id => new ProviderModel { Id = id, Name = id, Kind = ModelList.KindByName(id) })];

    private static IDialect DialectOf(Provider provider) =>
        provider.IsUsable && Dialects.Find(provider.Dialect) is { } dialect
            ? dialect
            : throw ProviderException.Unsupported(provider, provider.StatusNote ?? $"'{provider.Dialect}' is not spoken yet");

    private ProviderTransport Transport(Provider provider, ProviderConnection connection, HttpMessageInvoker http)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(http);
        DialectOf(provider);
        return new ProviderTransport(provider, connection, http, clock, _timeouts, _tokens);
    }
}
