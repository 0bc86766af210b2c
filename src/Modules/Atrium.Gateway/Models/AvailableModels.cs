namespace Atrium.Gateway.Models;

/// <summary>Asks all of a person's sources at once for their models.</summary>
internal sealed class AvailableModels(ModelSources sources, ModelLists lists)
{
    private const int AtOnce = 16;

    /// <returns>In the order of the sources, those that did not answer with the reason.</returns>
    public async Task<IReadOnlyList<ModelAnswer>> AskAsync(Guid personId, CancellationToken cancellation)
    {
        var asked = await sources.OfAsync(personId, cancellation);
        var answers = new ModelAnswer[asked.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, asked.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (index, token) => answers[index] = await lists.AskAsync(asked[index], token));
        return answers;
    }
}
