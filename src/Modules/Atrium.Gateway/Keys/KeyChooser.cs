using Atrium.Ai;
using Atrium.Gateway.Choices;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Gateway.Keys;

/// <summary>What a person gave when choosing a provider.</summary>
/// <param name="Previous">The present choice when it is of the same provider, else null.</param>
/// <param name="KeyId">The stored key the person named, or null.</param>
internal sealed record KeyQuestion(Guid PersonId, Provider Provider, Choice? Previous, Guid? KeyId, string? Name)
{
    public string? ApiKey { get; init; }

    public string? BaseUrl { get; init; }

    public IReadOnlyDictionary<string, string?>? Settings { get; init; }

    /// <summary>Without an address or settings, those of before count.</summary>
    public bool ChangesAccount => BaseUrl is not null || Settings is not null;
}

/// <summary>The key of a choice, a new one or one that was there; without a key, the account that needs none.</summary>
internal sealed record KeyDecision(ProviderKey? Key, bool IsNew, Account? Keyless)
{
    public static readonly KeyDecision None = new(null, false, null);
}

/// <summary>
/// Decides which key a choice uses. A key stays with the origins it was given for: with a changed address it must be entered again.
/// </summary>
internal sealed class KeyChooser(KeyRing keys, AccountReader accounts)
{
    public async Task<(KeyDecision? Decision, ProblemHttpResult? Problem)> DecideAsync(KeyQuestion question, CancellationToken cancellation)
    {
        var (account, problem) = await ReadAccountAsync(question, cancellation);
        // A stored key may carry the address that is missing here: only what was given now is judged now.
        if (problem is not null && (question.ChangesAccount || question.ApiKey is not null))
            return (null, problem);
        var own = (await keys.ListAsync(question.PersonId, cancellation)).Where(key => key.Provider == question.Provider.Id).ToList();
        if (account is { HasSecrets: true })
            return Missing(question.Provider, account) is { } missing ? (null, missing) : (await TakeAsync(question, account, own, cancellation), null);
        if (Find(question, own) is { } key)
            return Keep(question, key, account);
        if (question is { KeyId: null, ApiKey: null, ChangesAccount: false } && (await keys.ListUsableAsync(question.PersonId, cancellation)).Exists(usable => usable.IsOfHouse && usable.Provider == question.Provider.Id))
            return (KeyDecision.None, null);
        return question.KeyId is not null ? (null, Problems.NotFound())
            : (problem ?? Missing(question.Provider, account!)) is { } needed ? (null, needed)
            : (new KeyDecision(null, false, account), null);
    }

    private Task<(Account?, ProblemHttpResult?)> ReadAccountAsync(KeyQuestion question, CancellationToken cancellation)
    {
        var keyless = question.Previous is { KeyId: null } previous ? previous : null;
        return accounts.ReadAsync(
            question.Provider,
            question.ApiKey,
            question.BaseUrl ?? keyless?.BaseUrl,
            question.Settings ?? (keyless is null ? null : Account.ReadSettings(keyless.Settings).ToDictionary(setting => setting.Key, setting => (string?)setting.Value)),
            cancellation);
    }

    private static ProviderKey? Find(KeyQuestion question, List<ProviderKey> own) => question.KeyId is { } asked
        ? own.Find(key => key.Id == asked)
        : own.Find(key => key.Id == question.Previous?.KeyId && key.Enabled) ?? (question.Provider.NeedsKey || question.Previous is null ? own.Find(key => key.Enabled) : null);

    private static (KeyDecision?, ProblemHttpResult?) Keep(KeyQuestion question, ProviderKey key, Account? account)
    {
        if (!question.ChangesAccount)
            return (new KeyDecision(Named(key, question.Name), false, null), null);
        return KeyRing.IsBound(key, account!.Origins)
            ? (new KeyDecision(Named(key, question.Name) with { BaseUrl = account.BaseUrl, Settings = Account.Write(account.Settings) }, false, null), null)
            : (null, Problems.Conflict("key-bound-elsewhere", $"The key '{key.Name}' was given for another address and is never sent elsewhere. Enter the key for this one."));
    }

    /// <summary>The same secret for the same place is the same key, however often it is sent.</summary>
    private async Task<KeyDecision> TakeAsync(KeyQuestion question, Account account, List<ProviderKey> own, CancellationToken cancellation)
    {
        var settings = Account.Write(account.Settings);
        foreach (var key in own.Where(key => key.Enabled && key.BaseUrl == account.BaseUrl && key.Settings == settings && KeyRing.IsBound(key, account.Origins)))
        {
            if (await keys.HoldsAsync(key, account, cancellation))
                return new KeyDecision(Named(key, question.Name), false, null);
        }
        return new KeyDecision(await keys.SealAsync(question.PersonId, question.Provider, question.Name, account, cancellation), true, null);
    }

    private static ProviderKey Named(ProviderKey key, string? name) => string.IsNullOrWhiteSpace(name) ? key : key with { Name = name.Trim() };

    private static ProblemHttpResult? Missing(Provider provider, Account account) => account.FieldMissingFor(provider) is { } field
        ? Problems.Invalid(field, $"{provider.Name} needs this.")
        : null;
}
