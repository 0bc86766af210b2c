using System.Globalization;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Budgets;
using Atrium.Platform.Http;

namespace Atrium.Gateway.Chat;

/// <summary>What went wrong with a model, in words for a person: what happened, what is safe, what to do next.</summary>
internal static class Failures
{
    public const string ModelNotFound = "model-not-found";

    public static readonly ChatFailure AddressRefused = new(Keys.AddressRefused.Code, Keys.AddressRefused.Title);

    public static readonly ChatFailure BrowserOnly =
        new("browser-only", "This model runs on your own computer, so only your browser reaches it. Your question is kept. Ask it in a conversation there, or choose another model.");

    public static readonly ChatFailure ModelNotAllowed = new("model-not-allowed", "This API key may not use this model.");

    public static ChatFailure PriceUnknown(string provider) =>
        new("price-unknown", $"A budget counts this call, and what the model of {provider} costs is not known here. Your question is kept. Choose another model, or ask an admin for its price.");

    public static ChatFailure BudgetReached(Budget budget) => budget.Unit == "messages"
        ? new("messages-reached", $"The {budget.Amount} messages of this {budget.Period} are used up. Your question is kept. Try again when the next one begins (UTC).")
        : new("budget-reached", $"The budget of this {budget.Period} is used up, or held by calls that are running. Your question is kept. Raise it under Costs, Limits, or ask an admin.");

    public static ChatFailure LimitReached(string who, string what) => new("limit-reached", $"{who} reached the limit of {what}. Try again in a moment.");

    /// <param name="keyName">The person's own name of the key, null where none was used.</param>
    /// <param name="isOwnAddress">True when the person typed the address. Only that can be refused; the catalogue's own is merely out of reach.</param>
    public static ChatFailure From(ProviderException failure, string provider, string? keyName, bool isOwnAddress)
    {
        if (isOwnAddress && IsAddressRefused(failure))
            return AddressRefused;
        var key = keyName is null ? "the call" : $"'{keyName}'";
        var status = failure.Status is { } code ? $" ({(int)code})" : "";
        var said = failure.Kind switch
        {
            ProviderErrorKind.KeyRefused => new ChatFailure("key-refused", $"{provider} refused {key}{status}. Your question is kept. Check the key under Settings, API Provider."),
            ProviderErrorKind.NotAllowed => new("key-not-allowed", $"{provider} does not let {key} do this{status}. Your question is kept. Choose another model, or check the key's rights there."),
            ProviderErrorKind.QuotaExhausted => new("quota-exhausted", $"The credit behind {key} at {provider} is used up. Your question is kept. Add credit there, or choose another provider."),
            ProviderErrorKind.RateLimited => new("rate-limited", $"{provider} asks to slow down. Your question is kept. Try again {In(failure.RetryAfter)}."),
            ProviderErrorKind.ModelNotFound => new(ModelNotFound, $"{provider} does not offer this model to {key}. Your question is kept. Choose another model."),
            ProviderErrorKind.ContextTooLong => new("context-too-long", $"The conversation is longer than this model of {provider} reads. Nothing is lost. Start a new one, or choose a model that reads more."),
            ProviderErrorKind.ContentFiltered => new("content-filtered", $"The content filter of {provider} refused this. Your question is kept. Say it differently, or choose another provider."),
            ProviderErrorKind.TimedOut => new("timed-out", $"{provider} did not answer in time. Your question is kept. Try again."),
            ProviderErrorKind.Truncated => new("cut-off", $"The answer of {provider} broke off. What came is kept. Continue from there, or try again."),
            ProviderErrorKind.Malformed => new("answer-unreadable", $"{provider} answered with something that is not an answer. Your question is kept. Check the address under Settings, API Provider."),
            ProviderErrorKind.Unreachable => new("provider-unreachable", $"{provider} could not be reached. Your question is kept. Try again in a moment."),
            ProviderErrorKind.Unavailable => new("provider-unavailable", $"{provider} is not working at the moment{status}. Your question is kept. Try again in a moment."),
            ProviderErrorKind.NotConfigured => new("not-configured", $"{provider} is not fully set up: {failure.Field ?? "its address"} is missing or not right. See Settings, API Provider."),
            ProviderErrorKind.Unsupported => new("unsupported", $"{provider} cannot do what was asked. Your question is kept. Choose another provider or model."),
            _ => new("request-refused", $"{provider} did not accept the question{status}. It is kept. Try another model, or fewer parameters."),
        };
        return said with { Values = new ChatFailureValues(provider, keyName, (int?)failure.Status) };
    }

    /// <summary>A model that is not there because its provider has ended it names the one that follows it.</summary>
    /// <param name="successor">Null: it has not ended.</param>
    public static ChatFailure Explain(ChatFailure failure, ChatRoute route, string? successor) =>
        successor is null || failure.Code != ModelNotFound ? failure : new ChatFailure(
            "model-retired",
            $"{route.ProviderName} has ended {route.Model}. Your question is kept. Ask {successor}, which follows it, or choose another model.",
            failure.Values! with { Successor = successor });

    public static ChatFailure KeyMissing(string provider) =>
        new("key-missing", $"There is no key for {provider} in use. Your question is kept. Add one under Settings, API Provider.", Naming(provider));

    /// <param name="wait">Until the next try.</param>
    public static ChatFailure Paused(string provider, TimeSpan? wait) =>
        new("provider-paused", $"{provider} failed several times in a row and is left alone for a while. Your question is kept. Try again {In(wait)}, or choose another provider.", Naming(provider));

    public static ChatFailure KeyUnreadable(string provider) =>
        new("key-unreadable", $"The stored key for {provider} cannot be used any more. Your question is kept. Enter it again under Settings, API Provider.", Naming(provider));

    public static ChatFailure ModelMissing(string provider) =>
        new("model-missing", $"No model of {provider} is chosen. Your question is kept. Choose one in the list of models.", Naming(provider));

    public static ChatFailure NotUsable(string provider) =>
        new("provider-not-usable", $"{provider} cannot be used. Your question is kept. Choose another provider under Settings, API Provider.", Naming(provider));

    public static ChatFailure PromptTooLong(int most) =>
        new("prompt-too-long", string.Create(CultureInfo.InvariantCulture, $"This question is longer than {most:N0} characters. It is kept. Shorten it, or attach the text as a file."));

    public static ChatFailure OfflineFailed(ChatFailure? first) =>
        first ?? new("offline-failed", "Offline Lite could not answer. Your question is kept. Try again, or choose a provider under Settings, API Provider.");

    private static ChatFailureValues Naming(string provider) => new(provider, null, null);

    private static bool IsAddressRefused(Exception? exception) =>
        exception is not null && (exception is AddressRefusedException || IsAddressRefused(exception.InnerException));

    private static string In(TimeSpan? wait) => wait is { } time ? $"in {Math.Max(1, (long)Math.Ceiling(time.TotalSeconds))} s" : "in a moment";
}
