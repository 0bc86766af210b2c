using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Chat;

/// <summary>Lets Offline Lite answer, with passages of what the person keeps.</summary>
internal sealed class OfflineAnswers(IEnumerable<IPassageSource> sources, TimeProvider clock)
{
    private const int MostPassages = 5;

    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ChatCall call, CancellationToken cancellation)
    {
        var options = new OfflineLiteOptions { Language = call.Locale, Search = (question, token) => SearchAsync(call.PersonId, question, token) };
        return new OfflineLite(clock, options).GetStreamingResponseAsync(call.Messages, null, cancellation);
    }

    private async Task<IReadOnlyList<Passage>> SearchAsync(Guid personId, string question, CancellationToken cancellation)
    {
        var passages = new List<Passage>();
        foreach (var source in sources)
            passages.AddRange((await source.FindAsync(personId, question, MostPassages, cancellation)).Select(own => new Passage(own.Title, own.Text)));
        return passages;
    }
}
