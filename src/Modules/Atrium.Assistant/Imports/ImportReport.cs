namespace Atrium.Assistant.Imports;

/// <summary>What was not taken over as it was, and why.</summary>
/// <param name="What">A conversation's title or place.</param>
internal sealed record ImportProblem(string What, string Why);

/// <summary>What an import did so far.</summary>
internal sealed record ImportReport
{
    private const int MostProblems = 100;
    private const int MostLetters = 120;

    /// <summary>New conversations.</summary>
    public int Conversations { get; init; }

    /// <summary>New messages, also in conversations that were here before.</summary>
    public int Messages { get; init; }

    /// <summary>Conversations that were here already, whole.</summary>
    public int Skipped { get; init; }

    /// <summary>All problems, of which only the first 100 are named.</summary>
    public int ProblemCount { get; init; }

    public IReadOnlyList<ImportProblem> Problems { get; init; } = [];

    public ImportReport With(string what, string why) => this with
    {
        ProblemCount = ProblemCount + 1,
        Problems = Problems.Count < MostProblems ? [.. Problems, new ImportProblem(Shorten(what), why)] : Problems,
    };

    private static string Shorten(string what)
    {
        var clean = PlainText.Clean(what);
        return clean.Length <= MostLetters ? clean : PlainText.Clean(clean[..MostLetters]).TrimEnd('\uFFFD') + "…";
    }
}
