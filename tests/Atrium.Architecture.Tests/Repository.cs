namespace Atrium.Architecture.Tests;

/// <summary>The project's files, found from where the tests run.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["artifacts", "node_modules", "bin", "obj", "dist", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(Built.Contains))
            .Order(StringComparer.Ordinal)];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Atrium.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Atrium.slnx is not above the tests.");
        return folder;
    }
}
