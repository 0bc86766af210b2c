using System.Globalization;
using System.Text;

namespace Atrium.Edits.Tests.Mutations;

/// <summary>What became of a case.</summary>
internal enum Outcome
{
    /// <summary>Exactly the expected content.</summary>
    Exact,

    /// <summary>The expected content but for white space.</summary>
    FormatOnly,

    /// <summary>Nothing was changed.</summary>
    Refused,

    /// <summary>Any other content, or a change where none was allowed.</summary>
    Corrupted,
}

/// <summary>Runs mutations over the corpus from a fixed seed.</summary>
internal sealed class MutationRun
{
    public const int Seed = 20_261_120;

    private readonly Dictionary<Mutation, int[]> counts = [];

    public int Cases { get; private set; }

    public int Files { get; private set; }

    public List<string> Misses { get; } = [];

    /// <summary>The spoilings of the published run.</summary>
    public static IReadOnlyList<Mutation> Mutations { get; } = [.. MustApply.All, .. MustRefuse.All];

    /// <param name="mutations">The spoilings.</param>
    /// <param name="files">The files to edit.</param>
    /// <param name="keep">Which share of the cases to run, from 0 to 1; the choice depends on the seed alone.</param>
    public static MutationRun Execute(IReadOnlyList<Mutation> mutations, IReadOnlyList<CorpusFile> files, double keep = 1.0)
    {
        var run = new MutationRun { Files = files.Count };
        foreach (var (file, fileIndex) in files.Select((file, index) => (file, index)))
        {
            foreach (var (mutation, mutationIndex) in mutations.Select((mutation, index) => (mutation, index)))
            {
                var random = new Random(Seed + (fileIndex * 1009) + (mutationIndex * 31));
                if (random.NextDouble() < keep)
                    run.Try(mutation, file, random);
            }
        }

        return run;
    }

    public int Count(bool mustApply, Outcome outcome) => counts.Where(each => each.Key.MustApply == mustApply).Sum(each => each.Value[(int)outcome]);

    public int Total(bool mustApply) => counts.Where(each => each.Key.MustApply == mustApply).Sum(each => each.Value.Sum());

    public double ExactShare => 100.0 * Count(true, Outcome.Exact) / Total(true);

    public string Table()
    {
        var table = new StringBuilder("| mutation | what | cases | exact | format only | refused | corrupted |\n|---|---|---:|---:|---:|---:|---:|\n");
        foreach (var (mutation, count) in counts)
            table.Append(CultureInfo.InvariantCulture, $"| {mutation.Name} | {mutation.What} | {count.Sum()} | {string.Join(" | ", count)} |\n");
        return table.ToString();
    }

    private void Try(Mutation mutation, CorpusFile file, Random random)
    {
        MutationCase? made = null;
        for (var attempt = 0; attempt < 12 && made is null; attempt++)
            made = BaseEdit.Choose(file, random) is { } edit ? mutation.Make(edit, random) : null;
        if (made is null)
            return;
        var outcome = Judge(made, out var result);
        if (!counts.TryGetValue(mutation, out var count))
            counts[mutation] = count = new int[4];
        count[(int)outcome]++;
        Cases++;
        if (outcome != (mutation.MustApply ? Outcome.Exact : Outcome.Refused))
            Misses.Add(Describe(mutation, made, outcome, result));
    }

    public static Outcome Judge(MutationCase made, out EditResult result)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { [made.Path] = made.Before };
        if (made.OtherPath is not null)
            files[made.OtherPath] = made.Before;
        result = EditApplier.Apply(files, made.Format, made.Edit);
        if (result.Status == EditStatus.Refused)
            return Outcome.Refused;
        if (made.Expected is null)
            return result.Status == EditStatus.Unchanged ? Outcome.Refused : Outcome.Corrupted;
        if (result.Files.Keys.Any(path => path != made.Path))
            return Outcome.Corrupted;
        var after = result.Files.GetValueOrDefault(made.Path, made.Before) ?? "";
        if (after == made.Expected)
            return Outcome.Exact;
        return BaseEdit.Loose(after) == BaseEdit.Loose(made.Expected) ? Outcome.FormatOnly : Outcome.Corrupted;
    }

    private static string Describe(Mutation mutation, MutationCase made, Outcome outcome, EditResult result)
    {
        var why = result.Problems.Count > 0 ? EditProblems.ForModel(result.Problems) : "";
        var diff = made.Expected is not null && result.Status == EditStatus.Applied ? UnifiedDiff.Write("expected-to-actual", made.Expected, result.Files.GetValueOrDefault(made.Path, made.Before)) : "";
        return $"=== {mutation.Name} {outcome} {made.Path} ({made.Format})\n{(made.Edit.Length > 3000 ? made.Edit[..3000] : made.Edit)}\n--- {why}\n{diff}";
    }
}
