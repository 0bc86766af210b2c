using Microsoft.Extensions.AI;

namespace Atrium.Contracts.Gateway;

/// <summary>One question to a model on behalf of a person.</summary>
public sealed record ChatCall
{
    /// <summary>Whose keys, choice, limits and money.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The asking module's name, for the ledger.</summary>
    public required string Module { get; init; }

    /// <summary>What this call is for within the module, such as <c>answer</c> or <c>title</c>.</summary>
    public required string Feature { get; init; }

    /// <summary>The conversation or document the call is for, so that costs can be summed by it; null when it is for none.</summary>
    public Guid? ThingId { get; init; }

    /// <summary><c>provider/model</c>, a bare model of the person's chosen provider, or null for the person's default.</summary>
    public string? Model { get; init; }

    /// <summary>The persona that speaks: its default model counts when <see cref="Model"/> is null.</summary>
    public string? Persona { get; init; }

    /// <summary>System prompt first, then the talk, oldest first, with typed parts.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Temperature, tools and the like. The model id inside is ignored.</summary>
    public ChatOptions? Options { get; init; }

    /// <summary>en, es or vi: the language of Offline Lite.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>When the chosen provider fails before its first word, the person's list of others is tried, then Offline Lite.</summary>
    public bool AllowsFallback { get; init; } = true;
}

/// <summary>What happens during a call, in this order: a route for each provider that is tried, updates of the last one, one bill.</summary>
public abstract record ChatEvent;

/// <summary>Who answers from here on.</summary>
/// <param name="Provider">Catalogue id; <c>offline</c> for Offline Lite.</param>
/// <param name="FellBackFrom">Why the provider of the first route did not answer; null in the first route itself.</param>
public sealed record ChatRouted(string Provider, string ProviderName, string Model, ChatFailure? FellBackFrom) : ChatEvent
{
    /// <summary>The <see cref="Provider"/> of an Ollama on the person's own machine, which their browser talks to and the house cannot.</summary>
    public const string Browser = "ollama-browser";

    public const string BrowserName = "Ollama";
}

/// <summary>A piece of the answer: text, reasoning (with its signature), tool calls, citations.</summary>
public sealed record ChatUpdated(ChatResponseUpdate Update) : ChatEvent;

/// <summary>The end: what was used and what it cost. Already in the ledger.</summary>
/// <param name="Cost">US dollars; null when the model's price is unknown.</param>
/// <param name="StopReason">stop, length, tool_calls, content_filter or null.</param>
public sealed record ChatBilled(TokenUsage Usage, decimal? Cost, string? StopReason) : ChatEvent;

/// <param name="Cached">Part of <paramref name="Input"/> that was read from the provider's cache.</param>
/// <param name="Reasoning">Part of <paramref name="Output"/>.</param>
/// <param name="IsEstimated">The provider did not say; counted by Atrium.</param>
public sealed record TokenUsage(long Input, long Cached, long Output, long Reasoning, bool IsEstimated)
{
    /// <summary>Part of <see cref="Input"/> that was written to the provider's cache.</summary>
    public long CacheWritten { get; init; }
}

/// <summary>Why a model did not answer, for a person.</summary>
/// <param name="Code">Stable, such as <c>key-refused</c>, <c>quota-exhausted</c>, <c>rate-limited</c>, <c>provider-unreachable</c>, <c>timed-out</c>, <c>cut-off</c>.</param>
/// <param name="Title">A whole English sentence that says what happened and what to try. No secret, no address.</param>
/// <param name="Values">What the sentence names, so that it can be said in other languages, too; null where it names nothing.</param>
public sealed record ChatFailure(string Code, string Title, ChatFailureValues? Values = null);

/// <summary>What a failure's sentence names.</summary>
/// <param name="Provider">Its name for people.</param>
/// <param name="Key">The person's own name of the key; null where none was used.</param>
/// <param name="Status">HTTP status of the provider's answer; null where there was none.</param>
/// <param name="Successor">The model to go to from one that has ended; null where there is none to name.</param>
public sealed record ChatFailureValues(string Provider, string? Key, int? Status, string? Successor = null);

/// <summary>The call ended without a whole answer. What arrived before was already handed over and is billed.</summary>
public sealed class ChatFailedException(ChatFailure failure, ChatBilled? bill, Exception? inner = null) : Exception(failure.Title, inner)
{
    public ChatFailure Failure { get; } = failure;

    /// <summary>What the broken call used and cost, estimated where the provider did not say; null when nothing was used.</summary>
    public ChatBilled? Bill { get; } = bill;
}

/// <summary>The one way to a model: the person's choice, key, limits and money are applied here.</summary>
public interface IChatGateway
{
    /// <summary>Streams an answer. Cancelling closes the provider's socket; what was used until then is billed, and the bill is handed over as the last event.</summary>
    /// <exception cref="ChatFailedException">No whole answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, after the bill if there is one.</exception>
    IAsyncEnumerable<ChatEvent> StreamAsync(ChatCall call, CancellationToken cancellation);

    /// <returns>How many tokens the model the call would go to can read, or null when unknown.</returns>
    Task<int?> FindContextLimitAsync(ChatCall call, CancellationToken cancellation);
}
