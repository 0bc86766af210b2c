namespace Atrium.Assistant.Imports;

/// <summary>Makes a tree out of whatever a file says about parents.</summary>
internal static class ImportTree
{
    /// <summary>
    /// Orders keys so that parents come before their children, otherwise as they were given. A parent that is missing, or that would close a circle, is none:
    /// its child becomes a beginning of its own.
    /// </summary>
    /// <param name="parentOf">The parent that the file names for each key; null at the top.</param>
    /// <returns>The keys in order, each with the parent it really has, and how many links were cut.</returns>
    public static (IReadOnlyList<(string Key, string? Parent)> Ordered, int Cut) Order(IReadOnlyDictionary<string, string?> parentOf)
    {
        var ordered = new List<(string, string?)>(parentOf.Count);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new Stack<string>();
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        var cut = 0;
        foreach (var start in parentOf.Keys)
        {
            for (var key = start; key is not null && !done.Contains(key) && parentOf.ContainsKey(key) && onPath.Add(key); key = parentOf[key])
                path.Push(key);
            while (path.TryPop(out var key))
            {
                var parent = parentOf[key];
                var hasParent = parent is not null && done.Contains(parent);
                cut += parent is not null && !hasParent ? 1 : 0;
                ordered.Add((key, hasParent ? parent : null));
                done.Add(key);
            }
            onPath.Clear();
        }
        return (ordered, cut);
    }
}
