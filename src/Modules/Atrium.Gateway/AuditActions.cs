namespace Atrium.Gateway;

/// <summary>What this module writes into the audit log. Never renamed: old rows keep these words.</summary>
internal static class AuditActions
{
    public const string BudgetNearlyUsed = "gateway.budget-nearly-used";
    public const string BudgetSet = "gateway.budget-set";
    public const string BudgetRemoved = "gateway.budget-removed";
    public const string PriceSet = "gateway.price-set";
    public const string PriceRemoved = "gateway.price-removed";
    public const string HouseKeyAdded = "gateway.house-key-added";
    public const string HouseKeyChanged = "gateway.house-key-changed";
    public const string HouseKeyRemoved = "gateway.house-key-removed";
}
