using Atrium.Gateway.Budgets;

namespace Atrium.Gateway.Ledger;

/// <summary>How a call ended.</summary>
internal enum CallStatus
{
    /// <summary>The whole answer came.</summary>
    Complete,

    /// <summary>The asker stopped it.</summary>
    Cancelled,

    /// <summary>The provider broke off.</summary>
    Failed,

    /// <summary>It was answered before and is given again; no provider was asked.</summary>
    Cached,
}

/// <summary>One call that used something. Written once, never changed.</summary>
/// <param name="Cost">US dollars; null when the model's price is unknown.</param>
internal sealed record LedgerEntry(
    Guid PersonId, Guid? KeyId, string Module, string Feature, string Provider, string Model, Usage Usage, decimal? Cost, CallStatus Status)
{
    /// <summary>The API key a program called with.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The provider key's row says something that is no longer so: when it was last used, or that it failed.</summary>
    public bool MarksKey { get; init; }

    /// <summary>The moment whose prices were taken; null: when it is written.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The conversation or document the call was for.</summary>
    public Guid? ThingId { get; init; }

    /// <summary>US dollars that an answer from the cache spared; null for every other call.</summary>
    public decimal? Saved { get; init; }

    /// <summary>What the call settles with budgets, together with its row.</summary>
    public IReadOnlyList<BudgetSettlement> Settlements { get; init; } = [];
}
