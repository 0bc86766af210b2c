namespace Atrium.Laughter.Training;

/// <summary>How well scores put laughs above everything else.</summary>
internal static class Ranking
{
    /// <summary>Area under the ROC curve: the chance that a random laugh scores higher than a random other sound.</summary>
    public static double Area(IReadOnlyList<(float Score, bool IsLaugh)> items)
    {
        var sorted = items.OrderBy(item => item.Score).ToList();
        double ranks = 0;
        for (var i = 0; i < sorted.Count;)
        {
            var end = i;
            while (end < sorted.Count && sorted[end].Score == sorted[i].Score)
                end++;
            // Equal scores share their ranks.
            ranks += (i + end + 1) / 2.0 * sorted[i..end].Count(item => item.IsLaugh);
            i = end;
        }

        double laughs = items.Count(item => item.IsLaugh), others = items.Count - laughs;
        return laughs * others == 0 ? 0 : (ranks - (laughs * (laughs + 1) / 2)) / (laughs * others);
    }
}
