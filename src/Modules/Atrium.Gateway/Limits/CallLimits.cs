using System.Collections.Concurrent;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Chat;
using Atrium.Platform.Configuration;

namespace Atrium.Gateway.Limits;

/// <summary>
/// How many calls and tokens each person and each API key has used in the present minute, and how many of their calls run now, on this server.
/// </summary>
internal sealed class CallLimits(HouseSettings house, TimeProvider clock)
{
    private const int SweepAbove = 1_000;

    private readonly CallCaps ofPerson = new(NullWhenOff(house.PersonRequestsPerMinute), NullWhenOff(house.PersonTokensPerMinute), NullWhenOff(house.PersonConcurrentCalls));
    private readonly ConcurrentDictionary<Guid, CallCounter> counters = new();

    /// <param name="key">With which a program calls; null for what a person does in the web app.</param>
    /// <returns>The call's place, or why it has none.</returns>
    public (CallTurn? Turn, ChatFailure? Refusal) Enter(Guid personId, ApiKey? key)
    {
        var ofKey = key is null ? CallCaps.None : new CallCaps(key.RequestsPerMinute, key.TokensPerMinute, key.ConcurrentCalls);
        if (ofPerson == CallCaps.None && ofKey == CallCaps.None)
            return (null, null);
        if (counters.Count > SweepAbove)
            Sweep();
        var person = ofPerson == CallCaps.None ? null : CounterOf(personId);
        if (person?.TryEnter(ofPerson) is { } refused)
            return (null, Failures.LimitReached("You have", refused));
        var program = ofKey == CallCaps.None ? null : CounterOf(key!.Id);
        if (program?.TryEnter(ofKey) is not { } also)
            return (new CallTurn(person, program), null);
        person?.Leave(0);
        return (null, Failures.LimitReached("This API key has", also));
    }

    private static long? NullWhenOff(int most) => most == 0 ? null : most;

    private CallCounter CounterOf(Guid id) => counters.GetOrAdd(id, static (_, clock) => new CallCounter(clock), clock);

    private void Sweep()
    {
        foreach (var (id, counter) in counters)
        {
            if (counter.IsQuiet)
                counters.TryRemove(KeyValuePair.Create(id, counter));
        }
    }
}
