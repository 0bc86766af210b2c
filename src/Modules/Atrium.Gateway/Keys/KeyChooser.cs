using Atrium.Ai;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Gateway.Keys;

/// <summary>For which choice a key is looked for.</summary>
/// <param name="Asked">The key the person named, or null.</param>
/// <param name="Current">The key of the present choice of the same provider, or null.</param>
/// <param name="ChangesAccount">True when an address or settings were given.</param>
internal sealed record KeyQuestion(Guid PersonId, Provider Provider, Guid? Asked, Guid? Current, string? Name, bool ChangesAccount);

/// <summary>The key of a choice: a new one, one that was there, or none.</summary>
internal sealed record KeyDecision(ProviderKey? Key, bool IsNew)
{
    public static readonly KeyDecision None = new(null, false);
}

/// <summary>
/// Decides which key a choice uses. A key stays with the origins it was given for: with a changed address it must be entered again.
/// </summary>
internal sealed class KeyChooser(KeyRing keys)
{
    /// <param name="account">What was given now; null when that alone does not make an account.</param>
    public async Task<(KeyDecision? Decision, ProblemHttpResult? Problem)> DecideAsync(KeyQuestion question, Account? account, CancellationToken cancellation)
    {
        var own = (await keys.ListAsync(question.PersonId, cancellation)).Where(key => key.Provider == question.Provider.Id).ToList();
        if (account is { HasSecrets: true })
            return account.MissingSetting(question.Provider) is { } missing ? (null, Missing(question.Provider, missing)) : (await TakeAsync(question, account, own, cancellation), null);
        var key = question.Asked is { } asked
            ? own.Find(candidate => candidate.Id == asked)
            : own.Find(candidate => candidate.Id == question.Current && candidate.Enabled) ?? own.Find(candidate => candidate.Enabled);
        if (key is null && question.Asked is not null)
            return (null, Problems.NotFound());
        if (key is null)
            return account?.MissingSetting(question.Provider) is { } needed ? (null, Missing(question.Provider, needed))
                : question.Provider.NeedsKey ? (null, Missing(question.Provider, "apiKey"))
                : (KeyDecision.None, null);
        if (!question.ChangesAccount)
            return (new KeyDecision(Named(key, question.Name), false), null);
        return KeyRing.IsBound(key, account!.Origins)
            ? (new KeyDecision(Named(key, question.Name) with { BaseUrl = account.BaseUrl, Settings = Account.Write(account.Settings) }, false), null)
            : (null, Problems.Conflict("key-bound-elsewhere", $"The key '{key.Name}' was given for another address and is never sent elsewhere. Enter the key for this one."));
    }

    /// <summary>The same secret for the same place is the same key, however often it is sent.</summary>
    private async Task<KeyDecision> TakeAsync(KeyQuestion question, Account account, List<ProviderKey> own, CancellationToken cancellation)
    {
        var settings = Account.Write(account.Settings);
        foreach (var key in own.Where(key => key.Enabled && key.BaseUrl == account.BaseUrl && key.Settings == settings && KeyRing.IsBound(key, account.Origins)))
        {
            if (await keys.HoldsAsync(key, account, cancellation))
                return new KeyDecision(Named(key, question.Name), false);
        }
        return new KeyDecision(await keys.SealAsync(question.PersonId, question.Provider, question.Name, account, cancellation), true);
    }

    private static ProviderKey Named(ProviderKey key, string? name) => string.IsNullOrWhiteSpace(name) ? key : key with { Name = name.Trim() };

    private static ProblemHttpResult Missing(Provider provider, string setting) =>
        Problems.Invalid(setting is "apiKey" or "baseUrl" ? setting : "settings." + setting, $"{provider.Name} needs this.");
}
