using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Prices;

namespace Atrium.Gateway.WholeCalls;

/// <summary>A call that is answered in one piece: vectors, pictures.</summary>
internal sealed record WholeCall<T>
{
    /// <summary>Who asks for what, in the terms in which calls are routed and counted.</summary>
    public required ChatCall Call { get; init; }

    /// <summary>Asks the provider; its model is the third.</summary>
    public required Func<Provider, ProviderConnection, string, CancellationToken, Task<T>> Ask { get; init; }

    public required Func<T, Usage> Count { get; init; }

    /// <summary>What the call will probably use, and what a provider may charge for one that nobody waited for to its end.</summary>
    public required Usage Expected { get; init; }

    /// <summary>The price as it counts for such calls.</summary>
    public Func<Price, Price> Adapt { get; init; } = price => price;
}

/// <summary>An answer, who gave it, and the bill.</summary>
internal sealed record WholeAnswer<T>(ChatRoute Route, T Value, ChatBilled Bill);
