using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;

namespace Atrium.Gateway.Budgets;

/// <summary>What budgets look at in a call.</summary>
/// <param name="KeyId">The provider key it is made with.</param>
/// <param name="ApiKeyId">The API key a program called with.</param>
internal sealed record BudgetedCall(Guid PersonId, string Module, string Feature, string Provider, string ProviderName, string Model, Guid? KeyId, Guid? ApiKeyId)
{
    public static BudgetedCall Of(ChatCall call, ChatRoute route, Guid? apiKeyId) =>
        new(call.PersonId, call.Module, call.Feature, route.ProviderId, route.ProviderName, route.Model, route.Key?.Id, apiKeyId);

    public bool CountsFor(Budget budget) => budget.Kind switch
    {
        "all" => true,
        "key" => IsId(budget.Subject, ApiKeyId),
        "house-key" => IsId(budget.Subject, KeyId),
        "module" => budget.Subject == Module,
        "model" => budget.Subject == Model
            || (budget.Subject.Length == Provider.Length + 1 + Model.Length && budget.Subject[Provider.Length] == '/'
                && budget.Subject.StartsWith(Provider, StringComparison.Ordinal) && budget.Subject.EndsWith(Model, StringComparison.Ordinal)),
        _ => false,
    };

    private static bool IsId(string subject, Guid? id) => id is { } value && Guid.TryParse(subject, out var parsed) && parsed == value;
}
