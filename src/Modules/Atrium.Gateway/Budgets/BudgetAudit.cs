using System.Globalization;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.Budgets;

/// <summary>What the audit log says of budgets.</summary>
internal static class BudgetAudit
{
    /// <summary>Nobody did it: it happened.</summary>
    public static AuditEntry NearlyUsed(Budget budget, BudgetAccountKey key) => new()
    {
        Action = AuditActions.BudgetNearlyUsed,
        Target = budget.Id,
        Network = "",
        Details = Details(budget, key.Person.Length > 0 ? key.Person : budget.Owner),
    };

    public static AuditEntry Set(HttpContext context, Budget budget) => AuditEntry.Of(context, AuditActions.BudgetSet, budget.Id) with { Details = Details(budget, budget.Owner) };

    private static Dictionary<string, string> Details(Budget budget, string owner)
    {
        var details = new Dictionary<string, string>
        {
            ["owner"] = owner,
            ["kind"] = budget.Kind,
            ["period"] = budget.Period,
            ["amount"] = BudgetView.TextOf(budget, budget.Amount),
            ["unit"] = budget.Unit,
            ["alertPercent"] = budget.AlertPercent.ToString(CultureInfo.InvariantCulture),
        };
        if (budget.Subject.Length > 0)
            details["subject"] = budget.Subject;
        return details;
    }
}
