using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Reads along in an answer that goes through: counts, its end, and failures inside it.</summary>
internal interface IRelayWatch
{
    /// <summary>What the service has counted by now, null while it has not.</summary>
    UsageDetails? Usage { get; }

    /// <summary>Why the answer ended, in the format's own word; null while it has not.</summary>
    string? FinishReason { get; }

    /// <summary>Nothing can come after this.</summary>
    bool IsDone { get; }

    /// <summary>Tokens of what was written by now, as estimated.</summary>
    long EstimatedTokens { get; }

    /// <summary>Reads the data of one event.</summary>
    /// <returns>False for an event that only answers what the house has asked.</returns>
    /// <exception cref="ProviderException">The service reports a failure.</exception>
    /// <exception cref="System.Text.Json.JsonException">No JSON.</exception>
    bool Take(ReadOnlyMemory<byte> data);

    /// <summary>Reads an answer that comes in one piece.</summary>
    /// <exception cref="ProviderException">The service reports a failure.</exception>
    /// <exception cref="System.Text.Json.JsonException">No JSON.</exception>
    void TakeWhole(ReadOnlyMemory<byte> answer);
}
