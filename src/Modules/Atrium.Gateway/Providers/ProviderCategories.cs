namespace Atrium.Gateway.Providers;

/// <summary>The groups in which people find a provider, in the order they are shown.</summary>
internal static class ProviderCategories
{
    public const string Local = "Local";

    private static readonly (string Word, string Title)[] Order =
    [
        ("major", "Major"),
        ("fast", "Fast, for developers"),
        ("open-model", "Hosts of open models"),
        ("multi-model", "Many models, one key"),
        ("other", "Other clouds"),
        ("local", Local),
        // An address of one's own is most often a model server at home.
        ("custom", Local),
    ];

    public static IReadOnlyList<string> TitlesOf(IReadOnlyList<string> words) =>
        [.. Order.Where(category => words.Contains(category.Word)).Select(category => category.Title).Distinct()];

    /// <summary>Place of the first category a row belongs to.</summary>
    public static int RankOf(IReadOnlyList<string> words) => Array.FindIndex(Order, category => words.Contains(category.Word));
}
