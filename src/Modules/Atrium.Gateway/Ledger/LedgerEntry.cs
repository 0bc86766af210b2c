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
}

/// <summary>One call that used something. Written once, never changed.</summary>
/// <param name="Cost">US dollars; null when the model's price is unknown.</param>
internal sealed record LedgerEntry(
    Guid PersonId, Guid? KeyId, string Module, string Feature, string Provider, string Model, Usage Usage, decimal? Cost, CallStatus Status)
{
    /// <summary>The API key a program called with.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>Pictures that were made.</summary>
    public long Images { get; init; }
}
