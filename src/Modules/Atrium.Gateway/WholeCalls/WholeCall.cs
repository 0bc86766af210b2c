using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;

namespace Atrium.Gateway.WholeCalls;

/// <summary>A call that is answered in one piece: vectors, pictures.</summary>
internal sealed record WholeCall<T>
{
    /// <summary>Who asks for what, in the terms in which calls are routed and counted; its messages are what is sent.</summary>
    public required ChatCall Call { get; init; }

    /// <summary>Asks the provider; its model is the third.</summary>
    public required Func<Provider, ProviderConnection, string, CancellationToken, Task<T>> Ask { get; init; }

    public required Func<T, Usage> Count { get; init; }

    /// <summary>What a provider may charge for a call that nobody waited for to its end.</summary>
    public required Usage Expected { get; init; }
}

/// <summary>An answer, who gave it, and the bill.</summary>
internal sealed record WholeAnswer<T>(ChatRoute Route, T Value, ChatBilled Bill);
